import { textOf } from './answer.ts'
import type { PoolToWorkIn, Tolokers } from './tolokers.ts'

/** The Tolokers of a fake Toloka, by its controls. */
export function fakeTolokers(origin: string): Tolokers {
  const control = async (path: string): Promise<string> => {
    const response = await fetch(`${origin}/fake${path}`, { method: 'POST' })
    const text = await response.text()
    if (!response.ok) throw new Error(`The fake’s controls: ${response.status} ${text}`)
    return textOf(JSON.parse(text), 'assignmentId') ?? ''
  }
  const take = ({ poolId }: PoolToWorkIn): Promise<string> =>
    control(`/pools/${poolId}/assignments`)
  const submit = (id: string): Promise<string> => control(`/assignments/${id}/submit`)
  return {
    take: async (pool) => void (await take(pool)),
    submit: async (_pool, ids) => {
      for (const id of ids) await submit(id)
    },
    doTasks: async (pool, count) => {
      for (let done = 0; done < count; done++) await submit(await take(pool))
    },
    lookEveryMs: 1000,
    patienceMs: 0,
  }
}
