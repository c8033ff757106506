import { afterEach, expect, test } from '@jest/globals'
import { sweep } from '../../functions/application/sweep.ts'
import { dayMs, minuteMs } from '../../functions/domain/instant.ts'
import { closedPool } from '../support/closed-pools.ts'
import { setUpWorkbench, type Workbench } from '../support/workbench.ts'

let bench: Workbench

afterEach(() => bench.close())

test('A wake-up that nobody takes is said, stops nothing, and is repaired by the sweep', async () => {
  let isAway = true
  bench = await setUpWorkbench({
    replace: ({ wakeUps }) => ({
      wakeUps: {
        request: async (wakeUp) => {
          if (isAway) throw new Error('Scheduler refuses.')
          await wakeUps.request(wakeUp)
        },
      },
    }),
  })
  const poolId = closedPool(bench)
  bench.model.addAssignment(poolId, { status: 'REJECTED', at: bench.clock.at - 8 * dayMs })
  await bench.hint(poolId)
  const { dueAt } = await bench.record(poolId)
  expect(bench.journal.map(({ code }) => code)).toContain('WAKE_UP_NOT_REQUESTED')
  expect(await bench.queue.nextDueAt()).toBeNull()

  isAway = false
  bench.clock.at = (dueAt ?? 0) + 10 * minuteMs
  expect(await sweep(bench.dependencies, 'tester')).toMatchObject({ woken: 1, repaired: 1 })
  await bench.nextWakeUp()
  expect((await bench.record(poolId)).state).toBe('archived')
})

test('A pool is archived even if none of its wake-ups was taken', async () => {
  bench = await setUpWorkbench({
    replace: () => ({
      wakeUps: {
        request: async () => {
          throw new Error('The queue is away.')
        },
      },
    }),
  })
  const poolId = closedPool(bench)
  await bench.hint(poolId)

  expect((await bench.record(poolId)).state).toBe('archived')
})
