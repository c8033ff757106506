import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { dayMs } from '../../functions/domain/instant.ts'
import { setUpWorkbench, type Workbench } from '../support/workbench.ts'

let bench: Workbench

beforeEach(async () => {
  bench = await setUpWorkbench()
})

afterEach(() => bench.close())

/** A pool that has just been closed, with accepted answers. */
function closedPool(answers: number): string {
  const { model, clock } = bench
  const poolId = model.createPool({}, { status: 'OPEN', lastStartedAt: clock.at - 2 * dayMs })
  model.addManyAssignments(poolId, answers, clock.at - dayMs)
  model.closePool(poolId)
  return poolId
}

/** Requests about a pool or its operation, and not about whose token it is. */
function requestsOfOnePool(): number {
  const { total, byRoute } = bench.model.requests
  return total - (byRoute.get('GET /requester') ?? 0)
}

describe('From close to verified end, as Toloka counts requests,', () => {
  test.each([1, 100_000])('a clean pool with %d answers costs five', async (answers) => {
    const poolId = closedPool(answers)
    await bench.hint(poolId)

    expect((await bench.record(poolId)).state).toBe('archived')
    expect(requestsOfOnePool()).toBe(5)
    expect(bench.model.requests.bytesSent).toBeLessThan(8_192)
  })

  test('each look at a slow operation costs one more', async () => {
    const poolId = closedPool(1)
    bench.model.scriptArchive(poolId, { kind: 'slow', pendingMs: 5_000, runningMs: 20_000 })
    await bench.hint(poolId)
    await bench.nextWakeUp()
    await bench.nextWakeUp()

    expect((await bench.record(poolId)).state).toBe('archived')
    expect(requestsOfOnePool()).toBe(7)
  })

  test.each([1, 100_000])('a pool with a rejection and %d answers costs eight', async (answers) => {
    const poolId = closedPool(answers)
    bench.model.addAssignment(poolId, { status: 'REJECTED', at: bench.clock.at })
    await bench.hint(poolId)
    await bench.nextWakeUp()

    expect((await bench.record(poolId)).state).toBe('archived')
    expect(requestsOfOnePool()).toBe(8)
    expect(bench.model.violations).toEqual([])
  })

  test('a draft, a kept pool and an open pool cost one', async () => {
    const { model } = bench
    const pools = [
      model.createPool(),
      model.createPool({ private_comment: '[keep]' }, { status: 'CLOSED' }),
      model.createPool({}, { status: 'OPEN', lastStartedAt: bench.clock.at }),
    ]
    for (const poolId of pools) await bench.hint(poolId)

    expect(requestsOfOnePool()).toBe(3)
  })
})
