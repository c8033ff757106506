import { afterEach, describe, expect, test } from '@jest/globals'
import { dayMs, hourMs, minuteMs } from '../../functions/domain/instant.ts'
import {
  archiveRequests,
  closedPool,
  passUntil,
  poolWithOperation,
  untilDue,
} from '../support/closed-pools.ts'
import { setUpWorkbench, type Workbench, type WorkbenchOptions } from '../support/workbench.ts'

let bench: Workbench

afterEach(() => bench.close())

const clocks: readonly (readonly [string, WorkbenchOptions])[] = [
  ['is right', {}],
  ['is a day ahead of Toloka', { tolokaAheadMs: -dayMs }],
  ['is an hour ahead of Toloka', { tolokaAheadMs: -hourMs }],
  ['is half a second ahead of Toloka', { tolokaAheadMs: -500 }],
  ['is half a second behind Toloka', { tolokaAheadMs: 500 }],
  ['is an hour behind Toloka', { tolokaAheadMs: hourMs }],
  ['is a day behind Toloka', { tolokaAheadMs: dayMs }],
  [
    'is ahead by less than the margin, and Toloka names no time',
    { tolokaAheadMs: 5 * minuteMs - hourMs, personality: { dateHeader: 'absent' } },
  ],
  ['is right, and the header an hour ahead', { personality: { dateHeaderSkewMs: hourMs } }],
  ['is right, and the header an hour behind', { personality: { dateHeaderSkewMs: -hourMs } }],
  [
    'and the header are both an hour ahead',
    { tolokaAheadMs: 5 * minuteMs - hourMs, personality: { dateHeaderSkewMs: hourMs } },
  ],
]

describe.each(clocks)('If our clock %s,', (_name, options) => {
  test('a rejection is waited for by the clock of Toloka, without a loop', async () => {
    bench = await setUpWorkbench(options)
    bench.clock.at += 12_345
    const poolId = closedPool(bench)
    bench.model.addAssignment(poolId, { status: 'REJECTED' })
    await bench.hint(poolId)
    await passUntil(bench, bench.clock.at + 12 * dayMs)

    expect(bench.model.violations).toEqual([])
    expect((await bench.record(poolId)).state).toBe('archived')
    expect(bench.model.requests.total).toBeLessThan(20)
    const allowedAt = bench.model.earliestAllowedAt(poolId) ?? 0
    const lateMs = (bench.model.archivedAt(poolId) ?? Infinity) - allowedAt
    expect(lateMs).toBeGreaterThanOrEqual(0)
    expect(lateMs).toBeLessThan(dayMs + 3 * hourMs)
  })

  test('a grace is waited for without a loop', async () => {
    bench = await setUpWorkbench(options)
    const lastStartedAt = bench.clock.at - 3 * dayMs
    const poolId = bench.model.createPool({}, { status: 'OPEN', lastStartedAt })
    bench.clock.at += 12_345
    bench.model.closePool(poolId, 'MANUAL')
    const closedAt = bench.clock.at + (options.tolokaAheadMs ?? 0)
    await bench.hint(poolId)
    await passUntil(bench, bench.clock.at + 10 * dayMs)

    expect((await bench.record(poolId)).state).toBe('archived')
    expect(bench.model.requests.total).toBeLessThan(20)
    const openForMs = (bench.model.archivedAt(poolId) ?? 0) - closedAt
    expect(openForMs).toBeGreaterThanOrEqual(7 * dayMs - hourMs)
    expect(openForMs).toBeLessThan(8 * dayMs + 3 * hourMs)
  })

  test('an operation is looked at as often as ever', async () => {
    bench = await setUpWorkbench(options)
    const poolId = await poolWithOperation(bench)
    for (let look = 0; look < 6; look += 1) {
      const before = bench.clock.at
      await untilDue(bench, poolId)
      expect(bench.clock.at).toBeGreaterThan(before)
      expect(bench.model.requests.byRoute.get('GET /operations/{id}') ?? 0).toBeLessThan(8)
    }
  })
})

test('An operation is found again by the time that Toloka gave it', async () => {
  bench = await setUpWorkbench({ tolokaAheadMs: -hourMs })
  const poolId = closedPool(bench)
  bench.model.scriptArchive(poolId, { kind: 'stuck' })
  bench.fake.faults.next({ method: 'POST' }, { kind: 'effect-then-cut' })
  await bench.hint(poolId)

  expect((await untilDue(bench, poolId)).state).toBe('archiving')
  expect(archiveRequests(bench, poolId)).toBe(1)
})
