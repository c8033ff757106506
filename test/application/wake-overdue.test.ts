import { afterEach, describe, expect, test } from '@jest/globals'
import { sweep, type SweepResult } from '../../functions/application/sweep.ts'
import { TolokaError } from '../../functions/application/toloka-error.ts'
import { applyDecision } from '../../functions/domain/apply-decision.ts'
import { dayMs, hourMs, minuteMs } from '../../functions/domain/instant.ts'
import { newRecord } from '../../functions/domain/record.ts'
import { closedPool } from '../support/closed-pools.ts'
import { setUpWorkbench, type Workbench, type WorkbenchOptions } from '../support/workbench.ts'

let bench: Workbench

afterEach(() => bench.close())

async function setUp(options?: WorkbenchOptions): Promise<void> {
  bench = await setUpWorkbench(options)
}

function sweepNow(): Promise<SweepResult> {
  return sweep(bench.dependencies, 'tester')
}

describe('Overdue records', () => {
  test('are woken again, the oldest first, no more than the rate allows, as repairs', async () => {
    await setUp({ settings: { maxRequestsPerSecond: 1, sweepIntervalMs: minuteMs } })
    const poolIds = Array.from({ length: 15 }, () => {
      bench.clock.at += 1_000
      return closedPool(bench)
    })
    for (const poolId of poolIds) {
      bench.clock.at += 1_000
      bench.model.addAssignment(poolId, { status: 'REJECTED', at: bench.clock.at - 8 * dayMs })
      await bench.hint(poolId)
    }
    for (const { id } of await bench.queue.takeDue(Infinity, 99)) await bench.queue.finish(id)

    bench.clock.at += 3 * dayMs // Every timer was lost.
    expect(await sweepNow()).toMatchObject({ woken: 12, repaired: 12, discovered: 0 })
    const woken = await bench.queue.takeDue(bench.clock.at, 99)
    expect(woken.map(({ wakeUp }) => wakeUp.poolId)).toEqual(poolIds.slice(0, 12))
  })

  test('are woken while Toloka cannot be reached, and while the token is refused', async () => {
    await setUp()
    closedPool(bench)
    await sweepNow()
    bench.fake.faults.next({ path: '/', times: Infinity }, { kind: 'cut' })
    expect(await sweepNow()).toMatchObject({ outcome: 'stopped', pages: 0, woken: 1 })
    bench.fake.faults.clear()
    bench.model.blockAccount(true)
    expect(await sweepNow()).toMatchObject({ outcome: 'stopped', pages: 0, woken: 1 })
    const { total } = bench.model.requests
    expect(await sweepNow()).toMatchObject({ outcome: 'stopped', pages: 0, woken: 1 })
    expect(bench.model.requests.total).toBe(total)
    expect((await bench.dependencies.account.read()).denied).not.toBeNull()
    expect(bench.journal.filter(({ code }) => code === 'ACCESS_DENIED')).toHaveLength(1)
  })

  test('are woken although the token is refused in the middle of a sweep', async () => {
    const message = 'Not authorized'
    const noMore = { code: null, readable: true, requestId: null, retryAfterMs: null, message }
    await setUp({
      replace: ({ toloka }) => ({
        toloka: {
          ...toloka,
          listPools: async () => {
            throw new TolokaError({ ...noMore, call: 'GET /pools', status: 401 })
          },
        },
      }),
    })
    const poolId = closedPool(bench)
    await bench.dependencies.store.put(
      applyDecision(
        newRecord(poolId, bench.clock.at),
        { transition: 'discover', reason: 'discovered', dueAt: bench.clock.at },
        bench.clock.at,
      ),
      0,
    )
    expect(await sweepNow()).toMatchObject({ outcome: 'stopped', woken: 1 })
    const { denied } = await bench.dependencies.account.read()
    expect(denied).toMatchObject({ error: { status: 401, call: 'GET /pools' } })
  })

  test('are woken only as long as there is time, and the rest by the next sweep', async () => {
    await setUp({
      replace: ({ wakeUps }) => ({
        wakeUps: {
          request: async (wakeUp) => {
            bench.clock.at += minuteMs
            await wakeUps.request(wakeUp)
          },
        },
      }),
    })
    for (let count = 0; count < 5; count += 1) closedPool(bench)
    const until = bench.clock.at + 2 * minuteMs

    expect(await sweep(bench.dependencies, 'tester', until)).toMatchObject({ woken: 2 })
    expect(await sweepNow()).toMatchObject({ woken: 5, repaired: 0, oldestOverdueSeconds: 0 })
  })

  test('count as repaired when they have been due for more than five minutes, and are woken', async () => {
    await setUp()
    const poolIds = [closedPool(bench), closedPool(bench)]
    for (const poolId of poolIds) {
      bench.model.addAssignment(poolId, { status: 'REJECTED', at: bench.clock.at - 8 * dayMs })
      await bench.hint(poolId)
    }
    const { dueAt } = await bench.record(poolIds[0] ?? '')
    bench.clock.at = (dueAt ?? 0) + 5 * minuteMs
    expect(await sweepNow()).toMatchObject({ woken: 2, repaired: 0 })
    bench.clock.at += 1
    expect(await sweep(bench.dependencies, 'tester', bench.clock.at)).toMatchObject({
      woken: 0,
      repaired: 0,
    })
    expect(await sweepNow()).toMatchObject({ woken: 2, repaired: 2 })
  })

  test('tell how long the oldest of them has been due, but for those that were only discovered', async () => {
    await setUp()
    closedPool(bench)
    const poolId = closedPool(bench)
    bench.model.addAssignment(poolId, { status: 'REJECTED', at: bench.clock.at - 8 * dayMs })
    await bench.hint(poolId)
    await sweepNow()
    const { dueAt } = await bench.record(poolId)
    bench.clock.at = (dueAt ?? 0) + 90_000

    expect(await sweepNow()).toMatchObject({ oldestOverdueSeconds: 90, woken: 2 })
  })

  test('that cannot be woken now are found by the next sweep', async () => {
    let isBroken = true
    await setUp({
      replace: ({ wakeUps }) => ({
        wakeUps: {
          request: async (wakeUp) => {
            if (isBroken) throw new Error('The queue is away.')
            await wakeUps.request(wakeUp)
          },
        },
      }),
    })
    const poolId = closedPool(bench)
    await expect(sweepNow()).rejects.toThrow('The queue is away.')
    expect(await bench.record(poolId)).toMatchObject({ reason: 'discovered' })
    isBroken = false
    bench.clock.at += hourMs
    expect(await sweepNow()).toMatchObject({ discovered: 0, woken: 1, repaired: 0 })
  })
})
