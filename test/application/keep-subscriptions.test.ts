import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { closedPool, requestsOf } from '../support/closed-pools.ts'
import {
  addressWith,
  careOf,
  listed,
  nothingKept,
  openPool,
  putByHand,
  secrets,
  webhookUrl,
  written,
} from '../support/subscription-bench.ts'
import { setUpWorkbench, type Workbench, type WorkbenchOptions } from '../support/workbench.ts'

let bench: Workbench

async function setUp(options: WorkbenchOptions = {}): Promise<void> {
  await bench.close()
  bench = await setUpWorkbench(options)
}

beforeEach(async () => {
  bench = await setUpWorkbench()
})

afterEach(() => bench.close())

const keep = () => careOf(bench).keep()
const keepWithOutdatedSecret = () => careOf(bench, async () => secrets.outdated).keep()
const newest = (poolId: string) => `${poolId} ${addressWith(secrets.newest)}`
const outdated = (poolId: string) => `${poolId} ${addressWith(secrets.outdated)}`
describe('Every open pool in scope is covered', () => {
  test('once, and a second time nothing is changed', async () => {
    const poolIds = [openPool(bench), openPool(bench)]
    closedPool(bench)
    bench.model.createPool()

    expect(await keep()).toEqual({ ...nothingKept, put: 2 })
    expect(await listed(bench)).toEqual(poolIds.map(newest))
    expect(await keep()).toEqual({ ...nothingKept, covered: 2 })
    expect(await listed(bench)).toEqual(poolIds.map(newest))
    expect(written(bench, 'SUBSCRIPTIONS_KEPT')).toEqual([
      { covered: 0, put: 2, refused: 0, removed: 0 },
      { covered: 2, put: 0, refused: 0, removed: 0 },
    ])
  })

  test('by a request for each list if nothing changed, and no other', async () => {
    openPool(bench)
    await keep()
    const before = bench.model.requests.total
    const lists = ['GET /pools', 'GET /webhook-subscriptions']
    const listsBefore = lists.map((route) => requestsOf(bench, route))

    await keep()
    expect(bench.model.requests.total - before).toBe(2)
    expect(lists.map((route) => requestsOf(bench, route))).toEqual(
      listsBefore.map((count) => count + 1),
    )
  })

  test('page by page, and in batches of a hundred', async () => {
    for (let count = 0; count < 301; count += 1) openPool(bench)

    expect(await keep()).toMatchObject({ outcome: 'finished', put: 301 })
    expect(requestsOf(bench, 'GET /pools')).toBe(2)
    expect(requestsOf(bench, 'PUT /webhook-subscriptions')).toBe(4)
    expect(await keep()).toMatchObject({ outcome: 'finished', covered: 301, put: 0 })
    expect(requestsOf(bench, 'GET /webhook-subscriptions')).toBe(1 + 2)
  })

  test('and no other pool; one that goes out of scope loses its own', async () => {
    const { settings } = bench.dependencies
    const { policy } = settings
    const inside = openPool(bench, '1')
    const excluded = openPool(bench, '2')
    await keep()
    const narrow = { ...settings, policy: { ...policy, excludedProjects: ['2'] } }
    await setUp({ settings: narrow })
    openPool(bench, '1', inside)
    openPool(bench, '2', excluded)
    await putByHand(bench, excluded)

    expect(await keep()).toEqual({ ...nothingKept, put: 1, removed: 1 })
    expect(await listed(bench)).toEqual([newest(inside)])
  })

  test('but not one that makes no sense, which keeps what it has', async () => {
    const poolId = openPool(bench)
    await putByHand(bench, poolId)
    bench.fake.faults.next(
      { method: 'GET', path: /\/pools$/ },
      { kind: 'edited', edit: () => ({ items: [{ id: poolId }, {}], has_more: false }) },
    )
    expect(await keep()).toEqual(nothingKept)
    expect(await listed(bench)).toEqual([`${poolId} ${webhookUrl}`])
    expect(requestsOf(bench, 'GET /pools/{id}')).toBe(0) // It is open, whatever else it is.
    expect(written(bench, 'POOL_UNREADABLE')).toEqual([
      { poolId, problem: 'field items.0.project_id: expected an id' },
      { poolId: null, problem: 'field items.1.id: expected an id' },
    ])
  })

  test('although Toloka refuses others, each of which is told of and tried again', async () => {
    const poolId = openPool(bench)
    const phantom = { id: '404', project_id: '1', status: 'OPEN' }
    const target = { method: 'GET', path: /\/pools$/, times: 2 }
    bench.fake.faults.next(target, {
      kind: 'edited',
      edit: (body) => ({ ...Object(body), items: [...Object(body).items, phantom] }),
    })
    const problem = 'pool_id: ENTITY_DOES_NOT_EXIST No such pool'
    const refused = [{ poolId: '404', problem }]

    expect(await keep()).toEqual({ ...nothingKept, put: 1, refused })
    expect(await listed(bench)).toEqual([newest(poolId)])
    expect(written(bench, 'SUBSCRIPTION_REFUSED')).toEqual(refused)
    expect(await keep()).toEqual({ ...nothingKept, covered: 1, refused })
    expect(await keep()).toEqual({ ...nothingKept, covered: 1 })
  })
})

describe('A secret that was exchanged', () => {
  test.each(['pool-event-and-address', 'pool-and-event'] as const)(
    'is put again, then what has the old one goes: identity is %s',
    async (subscriptionIdentity) => {
      await setUp({ personality: { subscriptionIdentity } })
      const poolIds = [openPool(bench), openPool(bench)]
      await keepWithOutdatedSecret()
      expect(await listed(bench)).toEqual(poolIds.map(outdated))

      const removed = subscriptionIdentity === 'pool-and-event' ? 0 : 2
      expect(await keep()).toEqual({ ...nothingKept, put: 2, removed })
      expect(await listed(bench)).toEqual(poolIds.map(newest))
      expect(await keep()).toEqual({ ...nothingKept, covered: 2 })
    },
  )

  test('leaves the old subscription where the new one is refused', async () => {
    const poolId = openPool(bench)
    await keepWithOutdatedSecret()
    bench.fake.faults.next(
      { method: 'PUT' },
      {
        kind: 'edited',
        edit: () => ({ items: {}, validation_errors: { 0: { pool_id: { code: 'ODD' } } } }),
      },
    )
    expect(await keep()).toMatchObject({ put: 0, refused: [{ poolId }], removed: 0 })
    expect(await listed(bench)).toContain(outdated(poolId))
    await keep()
    expect(await listed(bench)).toEqual([newest(poolId)])
  })

  test('replaces what was put by hand', async () => {
    const poolId = openPool(bench)
    await putByHand(bench, poolId)
    expect(await keep()).toEqual({ ...nothingKept, put: 1, removed: 1 })
    expect(await listed(bench)).toEqual([newest(poolId)])
  })

  test('finishes what a crash interrupted between the two', async () => {
    const poolId = openPool(bench)
    await keepWithOutdatedSecret()
    bench.fake.faults.next({ method: 'DELETE' }, { kind: 'cut' })
    expect(await keep()).toMatchObject({ outcome: 'stopped', put: 1, removed: 0 })
    expect(await listed(bench)).toHaveLength(2)
    expect(await keep()).toEqual({ ...nothingKept, covered: 1, removed: 1 })
    expect(await listed(bench)).toEqual([newest(poolId)])
  })
})
