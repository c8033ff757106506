import { afterEach, describe, expect, test } from '@jest/globals'
import { changeAccount } from '../../functions/application/account.ts'
import { RecordChanged, type ListedStatus } from '../../functions/application/ports.ts'
import { sweep, type SweepResult } from '../../functions/application/sweep.ts'
import { hourMs, minuteMs } from '../../functions/domain/instant.ts'
import { closedPool } from '../support/closed-pools.ts'
import { setUpWorkbench, type Workbench, type WorkbenchOptions } from '../support/workbench.ts'

let bench: Workbench

afterEach(() => bench.close())

async function setUp(options?: WorkbenchOptions): Promise<void> {
  bench = await setUpWorkbench(options)
}

function sweepNow(owner = 'tester'): Promise<SweepResult> {
  return sweep(bench.dependencies, owner)
}

async function workOff(): Promise<void> {
  while (((await bench.queue.nextDueAt()) ?? Infinity) <= bench.clock.at) await bench.nextWakeUp()
}

function asked(route: string): number {
  return bench.model.requests.byRoute.get(route) ?? 0
}

describe('A sweep', () => {
  test.each(['numeric', 'text'] as const)(
    'finds every pool once, page by page, whatever the order of ids: %s',
    async (poolIdOrder) => {
      await setUp({ personality: { poolIdOrder } })
      for (let id = 1; id <= 3_010; id += 10) closedPool(bench, {}, String(id))

      expect(await sweepNow()).toMatchObject({
        outcome: 'finished',
        pages: 2,
        listed: 301,
        discovered: 301,
        woken: 301,
        repaired: 0,
      })
      expect(asked('GET /pools')).toBe(2)
      expect(asked('GET /pools/{id}')).toBe(0)
      expect((await bench.dependencies.account.read()).sweep).toEqual({
        lease: null,
        cursor: null,
        finishedAt: bench.clock.at,
      })
    },
  )

  test('spends nothing but the list on pools with a plan, and on parked ones', async () => {
    await setUp()
    const rejected = closedPool(bench)
    bench.model.addAssignment(rejected, { status: 'REJECTED', at: bench.clock.at })
    closedPool(bench, { private_comment: '[keep]' })
    bench.model.createPool()
    await sweepNow()
    await workOff()
    const before = bench.model.requests.total

    expect(await sweepNow()).toMatchObject({ listed: 3, discovered: 0, changed: 0, woken: 0 })
    expect(bench.model.requests.total - before).toBe(1)
  })

  test.each([
    ['its marker is removed', (id: string) => bench.model.editPool(id, { private_comment: '' })],
    [
      'it is opened and closed again',
      (id: string) => {
        bench.clock.at += minuteMs
        bench.model.openPool(id)
        bench.model.closePool(id, 'MANUAL')
      },
    ],
  ])('wakes a kept pool when %s', async (_what, happen) => {
    await setUp()
    const poolId = closedPool(bench, { private_comment: '[keep]' })
    await bench.hint(poolId)
    happen(poolId)
    expect(await sweepNow()).toMatchObject({ changed: 1, woken: 1, repaired: 0 })
  })

  test('wakes a draft that was started and closed, and an open pool that closed', async () => {
    await setUp()
    const draft = bench.model.createPool()
    const open = bench.model.createPool({}, { status: 'OPEN', lastStartedAt: bench.clock.at })
    for (const poolId of [draft, open]) await bench.hint(poolId)
    bench.clock.at += minuteMs
    bench.model.openPool(draft)
    for (const poolId of [draft, open]) bench.model.closePool(poolId)

    expect(await sweepNow()).toMatchObject({ changed: 2, woken: 2 })
    await workOff()
    expect(bench.model.statusOf(draft)).toBe('ARCHIVED')
    expect(bench.model.statusOf(open)).toBe('ARCHIVED')
  })

  test('wakes a pool that the policy no longer keeps', async () => {
    await setUp()
    await bench.hint(closedPool(bench, { private_comment: 'KEEP' }))
    await bench.hint(closedPool(bench, { private_comment: '[keep]' }))
    const { settings } = bench.dependencies
    const policy = { ...settings.policy, keepMarker: 'KEEP' }
    const changed = { ...bench.dependencies, settings: { ...settings, policy } }
    expect(await sweep(changed, 'tester')).toMatchObject({ changed: 1, woken: 1 })
  })

  test('has fifty new pools archived', async () => {
    await setUp()
    const poolIds = Array.from({ length: 50 }, () => closedPool(bench))
    await sweepNow()
    await workOff()
    const archived = poolIds.filter((poolId) => bench.model.statusOf(poolId) === 'ARCHIVED')
    expect(archived).toHaveLength(50)
    expect(bench.model.violations).toEqual([])
  })

  test('reports pools that make no sense, and has those it can name looked at', async () => {
    await setUp({
      replace: ({ toloka }) => ({
        toloka: {
          ...toloka,
          listPools: async (status, after) => ({
            ...(await toloka.listPools(status, after)),
            unreadable: [null, '77', '78'].map((poolId) => ({ poolId, problem: 'field status' })),
          }),
        },
      }),
    })
    await bench.dependencies.wakeUps.request({
      version: 1,
      poolId: '78',
      cause: 'hint',
      dueAt: bench.clock.at,
    })
    await workOff()
    expect(await sweepNow()).toMatchObject({ outcome: 'finished', listed: 3, discovered: 1 })
    const told = bench.journal.filter(({ code }) => code === 'POOL_UNREADABLE')
    expect(told.map(({ fields }) => fields)).toEqual(
      [null, '77', '78'].map((poolId) => ({ poolId, problem: 'field status' })),
    )
    await workOff()
    expect(await bench.record('77')).toMatchObject({ state: 'attention', reason: 'not-found' })
  })

  test.each([
    [new RecordChanged('1', null), null],
    [new Error('disk full'), 'disk full'],
  ])('that cannot write a record: %s', async (failure, problem) => {
    await setUp({
      replace: ({ store }) => ({
        store: {
          ...store,
          put: async () => {
            throw failure
          },
        },
      }),
    })
    closedPool(bench)
    const ends = sweepNow().then(
      ({ outcome, discovered }) => ({ outcome, discovered }),
      (error: unknown) => String(error),
    )
    expect(await ends).toEqual(
      problem === null ? { outcome: 'finished', discovered: 0 } : `Error: ${problem}`,
    )
    expect((await bench.dependencies.account.read()).sweep.lease).toBeNull()
  })
})

describe('A sweep that stops half-way', () => {
  test.each([
    ['Toloka fails', { kind: 'status', status: 500 } as const],
    ['an answer is cut short', { kind: 'truncated' } as const],
  ])('goes on from its cursor: %s', async (_why, fault) => {
    await setUp()
    for (let count = 0; count < 310; count += 1) closedPool(bench)
    let pages = 0
    const { toloka } = bench.dependencies
    const stumbling = {
      ...bench.dependencies,
      toloka: {
        ...toloka,
        listPools: (status: ListedStatus, after: string | null) => {
          pages += 1
          if (pages === 2) bench.fake.faults.next({ path: '/pools', times: 4 }, fault)
          return toloka.listPools(status, after)
        },
      },
    }
    expect(await sweep(stumbling, 'tester')).toMatchObject({ outcome: 'stopped', listed: 300 })
    const { cursor, lease, finishedAt } = (await bench.dependencies.account.read()).sweep
    expect({ isKept: cursor !== null, lease, finishedAt }).toEqual({
      isKept: true,
      lease: null,
      finishedAt: null,
    })
    bench.fake.faults.clear()
    expect(await sweepNow()).toMatchObject({ outcome: 'finished', listed: 10, discovered: 10 })
  })
})

test('A sweep that is out of time says so after a page at least, and another one goes on', async () => {
  await setUp()
  for (let count = 0; count < 610; count += 1) closedPool(bench)
  const first = await sweep(bench.dependencies, 'tester', bench.clock.at)
  expect(first).toMatchObject({ outcome: 'out-of-time', pages: 1, listed: 300, woken: 0 })
  expect(bench.journal.map(({ code }) => code)).not.toContain('SWEEP_FINISHED')
  const { cursor, lease } = (await bench.dependencies.account.read()).sweep
  expect({ isKept: cursor !== null, lease }).toEqual({ isKept: true, lease: null })

  expect(await sweepNow('another')).toMatchObject({ outcome: 'finished', pages: 2, listed: 310 })
})

describe('Two sweeps', () => {
  test('never run at once', async () => {
    await setUp()
    const outcomes = (await Promise.all([sweepNow('one'), sweepNow('two')])).map((r) => r.outcome)
    expect(outcomes.toSorted()).toEqual(['busy', 'finished'])
  })

  test('may follow each other when the lease is over, or is their own', async () => {
    await setUp()
    const lease = { owner: 'crashed', until: bench.clock.at + hourMs }
    await changeAccount(bench.dependencies, (state) => ({ sweep: { ...state.sweep, lease } }))
    expect((await sweepNow('other')).outcome).toBe('busy')
    expect((await sweepNow('crashed')).outcome).toBe('finished')
    await changeAccount(bench.dependencies, (state) => ({ sweep: { ...state.sweep, lease } }))
    bench.clock.at = lease.until
    expect((await sweepNow('other')).outcome).toBe('finished')
  })
})
