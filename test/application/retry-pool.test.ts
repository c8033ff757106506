import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { retryPool } from '../../functions/application/retry-pool.ts'
import { hourMs } from '../../functions/domain/instant.ts'
import { closedPool, poolWithOperation } from '../support/closed-pools.ts'
import { setUpWorkbench, type Workbench } from '../support/workbench.ts'

let bench: Workbench

beforeEach(async () => {
  bench = await setUpWorkbench()
})
afterEach(() => bench.close())

const retry = async (poolId: string) => retryPool(bench.dependencies, poolId, 'ada')

describe('A retry', () => {
  test('of a pool that was never seen looks at it', async () => {
    const poolId = closedPool(bench)
    expect(await retry(poolId)).toBe('done')
    await bench.nextWakeUp()
    expect((await bench.record(poolId)).state).toBe('archived')
    expect(await retry(poolId)).toBe('already-archived')
  })

  test('forgets how often it failed, and says who asked', async () => {
    const poolId = await poolWithOperation(bench, { kind: 'fail', afterMs: 0 })
    expect(await bench.record(poolId)).toMatchObject({ failures: 1 })
    await retry(poolId)
    expect(await bench.record(poolId)).toMatchObject({
      failures: 0,
      cooldown: null,
      detail: 'Tried again at the word of ada.',
    })
  })

  test.each([
    ['operation-failed', true],
    ['refused', true],
    ['pool-busy', true],
    ['quota', false],
    ['archive-not-confirmed', false],
  ] as const)('of a pool that rests because of %s ends the rest: %s', async (reason, isEnded) => {
    const poolId = closedPool(bench)
    bench.model.addAssignment(poolId, { status: 'SUBMITTED' })
    await bench.hint(poolId)
    const record = await bench.record(poolId)
    const cooldown = { until: bench.clock.at + hourMs, reason }
    const resting = { ...record, cooldown, version: record.version + 1 }
    await bench.dependencies.store.put(resting, record.version)

    await retry(poolId)
    expect((await bench.record(poolId)).cooldown).toEqual(isEnded ? null : cooldown)
  })

  test('of an operation that is followed looks at it once more, and asks for nothing', async () => {
    const poolId = await poolWithOperation(bench)
    expect(await retry(poolId)).toBe('done')
    await bench.nextWakeUp()
    const { state, operations } = await bench.record(poolId)
    expect({ state, operations: operations.length }).toEqual({ state: 'archiving', operations: 1 })
  })

  test('comes too late while a request waits for its answer', async () => {
    const poolId = closedPool(bench)
    bench.fake.faults.next({ method: 'POST' }, { kind: 'effect-then-cut' })
    await bench.hint(poolId)
    const before = await bench.record(poolId)
    expect(before.attempt).not.toBeNull()
    expect(await retry(poolId)).toBe('too-late')
    expect(await bench.record(poolId)).toEqual(before)
  })
})
