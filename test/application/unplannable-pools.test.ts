import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { changeAccount } from '../../functions/application/account.ts'
import { countClosedPools, planAccount } from '../../functions/application/plan-account.ts'
import { UnreadableRecordError } from '../../functions/application/stored-record.ts'
import { TolokaError } from '../../functions/application/toloka-error.ts'
import type { PlannedPool } from '../../functions/domain/plan-pool.ts'
import { closedPool, requestsOf } from '../support/closed-pools.ts'
import { setUpWorkbench, type Workbench } from '../support/workbench.ts'

let bench: Workbench

beforeEach(async () => {
  bench = await setUpWorkbench()
})

afterEach(() => bench.close())

async function collect(pools: AsyncIterable<PlannedPool>): Promise<readonly PlannedPool[]> {
  const collected: PlannedPool[] = []
  for await (const pool of pools) collected.push(pool)
  return collected
}

async function plannedOne(): Promise<PlannedPool | undefined> {
  const pools = await collect((await planAccount(bench.dependencies)).pools)
  expect(pools).toHaveLength(1)
  return pools[0]
}

const draft = (): string => bench.model.createPool({})

describe('What cannot be planned', () => {
  test('is named: a pool of which Toloka says nothing sensible', async () => {
    const poolId = closedPool(bench)
    bench.fake.faults.next(
      { path: '/pools' },
      {
        kind: 'edited',
        edit: () => ({ items: [{ id: poolId, project_id: '5' }], has_more: false }),
      },
    )
    expect(await plannedOne()).toMatchObject({
      poolId,
      outcome: 'unreadable',
      reason: null,
      at: null,
      detail: expect.stringContaining('status'),
    })
  })

  test('is named: a pool whose answers may not be seen', async () => {
    const poolId = closedPool(bench, { private_name: 'Receipts' })
    bench.fake.faults.next(
      { path: '/assignments' },
      { kind: 'refusal', status: 403, code: 'ACCESS_DENIED' },
    )
    expect(await plannedOne()).toMatchObject({
      poolId,
      name: 'Receipts',
      outcome: 'unreadable',
      detail: expect.stringContaining('403'),
    })
  })

  test('is named: a pool whose record nobody can read', async () => {
    const poolId = closedPool(bench)
    const error = new UnreadableRecordError(poolId, 'it is of schema 2')
    const store = { ...bench.dependencies.store, get: () => Promise.reject(error) }
    const { pools } = await planAccount({ ...bench.dependencies, store })
    expect(await collect(pools)).toMatchObject([
      { poolId, outcome: 'unreadable', detail: expect.stringContaining('schema 2') },
    ])
  })

  test('is an error where Toloka cannot be asked, after what came before', async () => {
    for (let pool = 0; pool < 301; pool += 1) draft()
    bench.fake.faults.next({ parameter: 'id_gt', times: Infinity }, { kind: 'cut' })
    const found: PlannedPool[] = []
    const { pools } = await planAccount(bench.dependencies)
    await expect(async () => {
      for await (const pool of pools) found.push(pool)
    }).rejects.toThrow(TolokaError)
    expect(found).toHaveLength(300)
  })

  test('is an error where Toloka has trouble with the answers of a pool', async () => {
    closedPool(bench)
    bench.fake.faults.next({ path: '/assignments', times: 4 }, { kind: 'status', status: 503 })
    const { pools } = await planAccount(bench.dependencies)
    await expect(collect(pools)).rejects.toThrow('503')
  })

  test('is counted with the closed pools of which it is one', async () => {
    const items = [{ id: '17', project_id: '5' }, {}]
    bench.fake.faults.next(
      { path: '/pools' },
      { kind: 'edited', edit: () => ({ items, has_more: false }) },
    )
    expect(await countClosedPools(bench.dependencies.toloka)).toBe(2)
  })

  test('is an error if it is a defect of ours', async () => {
    closedPool(bench)
    const broken = { ...bench.dependencies.store, get: () => Promise.reject(new TypeError()) }
    const { pools } = await planAccount({ ...bench.dependencies, store: broken })
    await expect(collect(pools)).rejects.toThrow(TypeError)
  })

  test('is another account: nothing is listed', async () => {
    await changeAccount(bench.dependencies, () => ({
      owner: { origin: bench.fake.url, requesterId: 'somebody-else' },
    }))
    await expect(planAccount(bench.dependencies)).rejects.toThrow('requester somebody-else at')
    expect(requestsOf(bench, 'GET /pools')).toBe(0)
  })

  test('is a Toloka at another address: its token is not even sent there', async () => {
    await changeAccount(bench.dependencies, () => ({
      owner: { origin: 'https://elsewhere.example', requesterId: bench.model.requesterId },
    }))
    const here = `points to ${bench.fake.url}.`
    await expect(planAccount(bench.dependencies)).rejects.toThrow(here)
    expect(bench.model.requests.total).toBe(0)
  })
})
