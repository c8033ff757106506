import * as z from 'zod/mini'
import { dayMs, secondMs } from '../../functions/domain/instant.ts'
import type { Workbench } from '../support/workbench.ts'

const page = z.object({
  items: z.array(z.object({ id: z.string(), rejected: z.optional(z.string()) })),
  has_more: z.boolean(),
})
const pool = z.object({ status: z.string() })
const operation = z.object({ id: z.string(), status: z.string() })

/**
 * Archives a closed pool as one would at first: looks through all of its assignments for the newest
 * rejection, asks for the archive, and asks every second whether it has ended.
 */
export async function archiveTheObviousWay(
  { fake, model, clock }: Pick<Workbench, 'fake' | 'model' | 'clock'>,
  poolId: string,
  pageSize: number,
): Promise<void> {
  const ask = async (method: 'GET' | 'POST', path: string): Promise<unknown> => {
    const headers = { Authorization: `ApiKey ${model.token}` }
    const response = await fetch(`${fake.url}/api/v1/${path}`, { method, headers })
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status}`)
    return response.json()
  }
  const readPool = async () => z.parse(pool, await ask('GET', `pools/${poolId}`))

  if ((await readPool()).status !== 'CLOSED') throw new Error('The pool is not closed.')
  const rejections: number[] = []
  for (let after = '', hasMore = true; hasMore;) {
    const query = new URLSearchParams({ pool_id: poolId, sort: 'id', limit: String(pageSize) })
    if (after !== '') query.set('id_gt', after)
    const { items, has_more: more } = z.parse(
      page,
      await ask('GET', `assignments?${query.toString()}`),
    )
    rejections.push(
      ...items.flatMap(({ rejected }) => (rejected ? [Date.parse(`${rejected}Z`)] : [])),
    )
    after = items.at(-1)?.id ?? ''
    hasMore = more
  }
  if (rejections.some((at) => at + 9 * dayMs > clock.at)) throw new Error('Too early.')

  let found = z.parse(operation, await ask('POST', `pools/${poolId}/archive`))
  while (found.status !== 'SUCCESS') {
    clock.at += secondMs
    found = z.parse(operation, await ask('GET', `operations/${found.id}`))
  }
  if ((await readPool()).status !== 'ARCHIVED') throw new Error('The pool is not archived.')
}
