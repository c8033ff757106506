import { afterEach, expect, test } from '@jest/globals'
import { hourMs, minuteMs } from '../../functions/domain/instant.ts'
import { closedPool } from '../support/closed-pools.ts'
import { setUpWorkbench, type Workbench } from '../support/workbench.ts'

let bench: Workbench

afterEach(() => bench.close())

test('A 204 is believed once the pool itself reads archived', async () => {
  bench = await setUpWorkbench({ personality: { secondArchive: 'no-content' } })
  const poolId = closedPool(bench)
  bench.model.archiveByHand(poolId, { kind: 'slow', pendingMs: minuteMs, runningMs: hourMs })
  await bench.hint(poolId)
  expect(await bench.record(poolId)).toMatchObject({
    state: 'waiting',
    reason: 'archive-not-confirmed',
  })

  for (let isArchived = false; !isArchived;) {
    await bench.nextWakeUp()
    isArchived = (await bench.record(poolId)).state === 'archived'
    expect(isArchived).toBe(bench.model.statusOf(poolId) === 'ARCHIVED')
  }
  expect(await bench.record(poolId)).toMatchObject({
    state: 'archived',
    detail: 'Archived by somebody else.',
  })
  expect(bench.model.archiveRequestsOf(poolId)).toHaveLength(1)
})
