import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { readOwner } from '../../functions/application/access.ts'
import { changeAccount } from '../../functions/application/account.ts'
import { countClosedPools, planAccount } from '../../functions/application/plan-account.ts'
import { anyRecord } from '../../functions/application/record-query.ts'
import { holdPool as holdByOperator } from '../../functions/application/hold-pool.ts'
import { dayMs, hourMs, minuteMs } from '../../functions/domain/instant.ts'
import type { PlannedPool } from '../../functions/domain/plan-pool.ts'
import type { ArchivalRecord } from '../../functions/domain/record.ts'
import { closedPool, pass, poolWithOperation, requestsOf } from '../support/closed-pools.ts'
import { setUpWorkbench, type Workbench, type WorkbenchOptions } from '../support/workbench.ts'

let bench: Workbench

beforeEach(async () => {
  bench = await setUpWorkbench()
})

afterEach(() => bench.close())

/** Instead of the workbench that every test gets. */
async function again(options: WorkbenchOptions): Promise<void> {
  await bench.close()
  bench = await setUpWorkbench(options)
}

async function collect(pools: AsyncIterable<PlannedPool>): Promise<readonly PlannedPool[]> {
  const collected: PlannedPool[] = []
  for await (const pool of pools) collected.push(pool)
  return collected
}

async function planned(): Promise<readonly PlannedPool[]> {
  return collect((await planAccount(bench.dependencies)).pools)
}

async function plannedOne(): Promise<PlannedPool | undefined> {
  const pools = await planned()
  expect(pools).toHaveLength(1)
  return pools[0]
}

/** Writes what no story here has led to. */
async function edit(poolId: string, change: Partial<ArchivalRecord>): Promise<void> {
  const record = await bench.record(poolId)
  const next = { ...record, ...change, version: record.version + 1 }
  await bench.dependencies.store.put(next, record.version)
}

const draft = (): string => bench.model.createPool({})

describe('A plan of the account', () => {
  const arrangements: readonly [
    name: string,
    arrange: () => string | Promise<string>,
    expected: () => Partial<PlannedPool>,
  ][] = [
    [
      'archives at once what nothing stands in the way of',
      () => closedPool(bench),
      () => ({ outcome: 'archive', reason: 'eligible', at: bench.clock.at }),
    ],
    [
      'says when a grace is over',
      () => {
        const poolId = closedPool(bench)
        bench.model.openPool(poolId)
        bench.model.closePool(poolId, 'MANUAL')
        return poolId
      },
      () => ({ outcome: 'archive', reason: 'grace-period', at: bench.clock.at + 7 * dayMs }),
    ],
    [
      'says when appeals are over, and the margin',
      () => {
        const poolId = closedPool(bench)
        bench.model.addAssignment(poolId, { status: 'REJECTED' })
        return poolId
      },
      () => ({
        outcome: 'archive',
        reason: 'appeal-window',
        at: bench.clock.at + 9 * dayMs + hourMs + minuteMs,
      }),
    ],
    [
      'waits for a review of which nobody knows when it comes',
      () => {
        const poolId = closedPool(bench)
        bench.model.addAssignment(poolId, { status: 'SUBMITTED' })
        return poolId
      },
      () => ({ outcome: 'wait', reason: 'review-pending', at: bench.clock.at + dayMs }),
    ],
    [
      'knows when the next look at such a review is',
      async () => {
        const poolId = closedPool(bench)
        bench.model.addAssignment(poolId, { status: 'SUBMITTED' })
        await bench.hint(poolId)
        bench.clock.at += hourMs
        return poolId
      },
      () => ({ outcome: 'wait', reason: 'review-pending', at: bench.clock.at + 23 * hourMs }),
    ],
    ['keeps a draft', draft, () => ({ outcome: 'keep', reason: 'never-started', at: null })],
    [
      'keeps what an operator holds, and says until when',
      async () => {
        const poolId = closedPool(bench)
        const until = bench.clock.at + dayMs
        await holdByOperator(bench.dependencies, poolId, { by: 'ada', reason: 'audit', until })
        return poolId
      },
      () => ({ outcome: 'keep', reason: 'held-by-operator', at: bench.clock.at + dayMs }),
    ],
    [
      'shows what is on its way',
      () => poolWithOperation(bench),
      () => ({ outcome: 'under-way', reason: 'operation-running', at: bench.clock.at + 10_000 }),
    ],
    [
      'waits out a failed operation',
      async () => {
        const poolId = await poolWithOperation(bench, { kind: 'fail' })
        await pass(bench, minuteMs)
        return poolId
      },
      () => ({ outcome: 'archive', reason: 'operation-failed' }),
    ],
  ]
  test.each(arrangements)('%s', async (_name, arrange, expected) => {
    const poolId = await arrange()
    expect(await plannedOne()).toMatchObject({ poolId, ...expected() })
  })

  test('shows what needs a person, and asks nothing about it', async () => {
    const poolId = closedPool(bench)
    bench.model.addAssignment(poolId, { status: 'SUBMITTED' })
    await bench.hint(poolId)
    await edit(poolId, { state: 'attention', reason: 'refused', detail: 'for ten days' })
    bench.model.requests.byRoute.clear()
    expect(await plannedOne()).toMatchObject({
      outcome: 'attention',
      reason: 'refused',
      detail: 'for ten days',
    })
    expect(requestsOf(bench, 'GET /assignments')).toBe(0)
  })

  test('keeps the place that the daily limit has given to a pool', async () => {
    const poolId = closedPool(bench)
    const answer = bench.model.addAssignment(poolId, { status: 'SUBMITTED' })
    await bench.hint(poolId)
    bench.model.accept(answer)
    const dueAt = bench.clock.at + 5 * hourMs
    await edit(poolId, { reason: 'daily-limit', dueAt })
    expect(await plannedOne()).toMatchObject({
      outcome: 'archive',
      reason: 'daily-limit',
      at: dueAt,
    })
  })

  test('spreads what is over the daily limit, behind the requests of today', async () => {
    await again({ settings: { maxArchivesPerDay: 2 } })
    await bench.hint(closedPool(bench))
    for (let pool = 0; pool < 3; pool += 1) closedPool(bench)
    draft()
    const reviewed = closedPool(bench)
    bench.model.addAssignment(reviewed, { status: 'SUBMITTED' })
    const midnight = Date.UTC(2026, 0, 6)
    expect((await planned()).map(({ reason, at }) => [reason, at])).toEqual([
      ['eligible', bench.clock.at],
      ['daily-limit', midnight],
      ['daily-limit', midnight + dayMs / 2],
      ['never-started', null],
      ['review-pending', bench.clock.at + dayMs],
    ])
  })

  test('says what would be archived while the archiver only watches', async () => {
    await again({ settings: { observing: true, maxArchivesPerDay: 1 } })
    const poolId = closedPool(bench)
    closedPool(bench)
    await bench.hint(poolId)
    const plan = await planAccount(bench.dependencies)
    expect(plan).toMatchObject({ observing: true, paused: null, madeAt: bench.clock.at })
    expect((await collect(plan.pools)).map(({ outcome, at }) => [outcome, at])).toEqual([
      ['archive', bench.clock.at],
      ['archive', bench.clock.at],
    ])
  })

  test('says that archiving is paused', async () => {
    const paused = { by: 'ada', since: bench.clock.at }
    await changeAccount(bench.dependencies, () => ({ paused }))
    expect(await planAccount(bench.dependencies)).toMatchObject({ paused, observing: false })
  })

  test('changes nothing, not even to whom the records belong', async () => {
    closedPool(bench)
    const before = await bench.dependencies.account.read()
    await planned()
    expect(await bench.dependencies.account.read()).toEqual(before)
    expect(await bench.dependencies.store.list({ ...anyRecord, limit: 9 })).toEqual({
      records: [],
      next: null,
    })
    expect(await bench.queue.nextDueAt()).toBeNull()
  })

  test('asks two things about a pool that nothing else is in the way of, and none of others', async () => {
    draft()
    closedPool(bench)
    await planned()
    expect(Object.fromEntries(bench.model.requests.byRoute)).toEqual({
      'GET /requester': 1,
      'GET /pools': 1,
      'GET /assignments': 2,
    })
  })

  test('goes through all pages, and counts them before', async () => {
    for (let pool = 0; pool < 301; pool += 1) draft()
    expect(await planned()).toHaveLength(301)
    expect(await countClosedPools(bench.dependencies.toloka)).toBe(301)
  })
})

test('Whose token it is can be asked without binding the records', async () => {
  expect(await readOwner(bench.dependencies)).toBe(bench.model.requesterId)
  expect((await bench.dependencies.account.read()).owner).toBeNull()
})
