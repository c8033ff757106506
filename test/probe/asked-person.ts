import type { Tolokers } from './tolokers.ts'

const lookEveryMs = 10_000

/** A person with the sandbox open as a Toloker, who is told what to do. */
export function askedPerson(say: (text: string) => void, patienceMs: number): Tolokers {
  const ask = (text: string): Promise<void> => Promise.resolve(say(`Please: ${text}`))
  return {
    take: ({ poolId, purpose }) =>
      ask(
        `as a Toloker in the sandbox, take one task of “Probe: ${purpose}” (pool ${poolId}), and do not hand it in yet.`,
      ),
    submit: ({ poolId, purpose }) =>
      ask(`now hand in the task of “Probe: ${purpose}” (pool ${poolId}).`),
    doTasks: ({ poolId, purpose }, count) =>
      ask(
        `as a Toloker in the sandbox, do ${count} tasks of “Probe: ${purpose}” (pool ${poolId}) and hand them in.`,
      ),
    lookEveryMs,
    patienceMs,
  }
}
