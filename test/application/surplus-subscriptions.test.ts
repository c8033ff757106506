import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { sweep } from '../../functions/application/sweep.ts'
import { requestsOf } from '../support/closed-pools.ts'
import {
  addressWith,
  careOf,
  listed,
  nothingKept,
  openPool,
  putByHand,
  secrets,
  subscriptionsOf,
  webhookUrl,
  written,
} from '../support/subscription-bench.ts'
import { setUpWorkbench, type Workbench } from '../support/workbench.ts'

let bench: Workbench

beforeEach(async () => {
  bench = await setUpWorkbench()
})

afterEach(() => bench.close())

const keep = () => careOf(bench).keep()
const newest = (poolId: string) => `${poolId} ${addressWith(secrets.newest)}`
describe('A pool that is no longer open', () => {
  test('keeps its subscription until it is archived, by its record alone', async () => {
    const poolId = openPool(bench)
    await keep()
    bench.model.closePool(poolId, 'MANUAL')
    await sweep(bench.dependencies, 'tester')
    expect(await keep()).toEqual(nothingKept)
    expect(await listed(bench)).toEqual([newest(poolId)])

    bench.model.archiveByHand(poolId)
    await bench.hint(poolId)
    const reads = requestsOf(bench, 'GET /pools/{id}')
    expect(await keep()).toEqual({ ...nothingKept, removed: 1 })
    expect(await listed(bench)).toEqual([])
    expect(requestsOf(bench, 'GET /pools/{id}')).toBe(reads)
  })

  test('is read once if nobody knows it, and loses its subscription if it is archived', async () => {
    const poolId = openPool(bench)
    await keep()
    bench.model.closePool(poolId)
    bench.model.archiveByHand(poolId)
    expect(await keep()).toEqual({ ...nothingKept, removed: 1 })
    expect(requestsOf(bench, 'GET /pools/{id}')).toBe(1)
    expect(await keep()).toEqual(nothingKept)
    expect(requestsOf(bench, 'GET /pools/{id}')).toBe(1)
  })

  test('keeps it if it cannot be read, and that keeps no other from losing its own', async () => {
    const [one, other] = [openPool(bench), openPool(bench)]
    await keep()
    for (const poolId of [one, other]) {
      bench.model.closePool(poolId)
      bench.model.archiveByHand(poolId)
    }
    const refusal = { kind: 'refusal', status: 403, code: 'ACCESS_DENIED' } as const
    bench.fake.faults.next({ path: `/pools/${one}` }, refusal)
    expect(await keep()).toEqual({ ...nothingKept, removed: 1 })
    expect(await listed(bench)).toEqual([newest(one)])
    expect(written(bench, 'TOLOKA_TROUBLE')).toEqual([
      expect.objectContaining({ poolId: one, class: 'forbidden' }),
    ])
  })

  test('stops everything if Toloka cannot be asked, until the next sweep', async () => {
    const poolId = openPool(bench)
    await keep()
    bench.model.closePool(poolId)
    bench.fake.faults.next({ path: `/pools/${poolId}`, times: 4 }, { kind: 'cut' })
    expect(await keep()).toMatchObject({ outcome: 'stopped', removed: 0 })
  })

  test('that Toloka will not let go of is told of', async () => {
    const poolId = openPool(bench)
    await keep()
    bench.model.closePool(poolId)
    bench.model.archiveByHand(poolId)
    bench.fake.faults.next({ method: 'DELETE' }, { kind: 'refusal', status: 409, code: 'CONFLICT' })
    const problem = expect.stringMatching(/^DELETE \/webhook-subscriptions\/\w+: 409 CONFLICT/)
    expect(await keep()).toEqual({ ...nothingKept, refused: [{ poolId, problem }] })
  })

  test('whose id is none of a pool is not asked about', async () => {
    bench.fake.faults.next(
      { method: 'GET', path: '/webhook-subscriptions' },
      {
        kind: 'edited',
        edit: () => ({
          items: [{ id: 's', pool_id: 'x', event_type: 'POOL_CLOSED', webhook_url: webhookUrl }],
          has_more: false,
        }),
      },
    )
    expect(await keep()).toEqual(nothingKept)
  })
})

test("Somebody else's subscriptions are never touched", async () => {
  const poolId = openPool(bench)
  await keep()
  const others = [
    'https://somebody.example/hook',
    `${webhookUrl}?stage=dev`,
    `${webhookUrl}/more?secret-version=1`,
  ]
  for (const address of others) await putByHand(bench, poolId, address)
  await putByHand(bench, poolId, webhookUrl, 'ASSIGNMENT_CREATED')
  bench.model.closePool(poolId)
  bench.model.archiveByHand(poolId)

  expect(await keep()).toEqual({ ...nothingKept, removed: 1 })
  expect(await listed(bench)).toEqual(others.map((address) => `${poolId} ${address}`).toSorted())
  expect(await subscriptionsOf(bench).list('ASSIGNMENT_CREATED')).toHaveLength(1)
})

test('A list that shows other events than those asked for leads to nothing', async () => {
  const poolId = openPool(bench)
  await keep()
  const id = await putByHand(bench, poolId, webhookUrl, 'ASSIGNMENT_CREATED')
  bench.fake.faults.next(
    { method: 'GET', path: '/webhook-subscriptions' },
    {
      kind: 'edited',
      edit: (body) => {
        const more = {
          id,
          pool_id: poolId,
          event_type: 'ASSIGNMENT_CREATED',
          webhook_url: webhookUrl,
        }
        return { ...Object(body), items: [...Object(body).items, more] }
      },
    },
  )
  expect(await keep()).toEqual({ ...nothingKept, covered: 1 })
  expect(await subscriptionsOf(bench).list('ASSIGNMENT_CREATED')).toHaveLength(1)
})
