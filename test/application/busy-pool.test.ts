import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { hourMs, minuteMs } from '../../functions/domain/instant.ts'
import {
  archiveRequests,
  closedPool,
  minutesToWait,
  pass,
  untilDue,
} from '../support/closed-pools.ts'
import { setUpWorkbench, type Workbench } from '../support/workbench.ts'

let bench: Workbench
let poolId: string

beforeEach(async () => {
  bench = await setUpWorkbench()
  poolId = closedPool(bench)
})

afterEach(() => bench.close())

describe.each(['POOL_LOCKED_BY_ANOTHER_OPERATION', 'OPERATION_ALREADY_EXISTS'])('%s', (code) => {
  /** The archive request is refused so many times. */
  async function refused(times = 1): Promise<void> {
    const refusal = { kind: 'refuse', status: 409, code } as const
    bench.model.scriptArchive(poolId, ...Array.from({ length: times }, () => refusal))
    await bench.hint(poolId)
  }

  test('with an archive operation that lives: it is followed', async () => {
    const edit = (body: unknown): unknown => {
      bench.model.archiveByHand(poolId, { kind: 'slow', runningMs: 5 * minuteMs })
      return body
    }
    bench.fake.faults.next({ parameter: 'rejected_gte' }, { kind: 'edited', edit })
    await refused()

    const record = await bench.record(poolId)
    expect(record).toMatchObject({ state: 'archiving', reason: 'operation-running', attempt: null })
    expect(record.following).toBe(bench.model.operationsOf(poolId)[0]?.id)
    await pass(bench, hourMs)
    expect((await bench.record(poolId)).state).toBe('archived')
    expect(archiveRequests(bench, poolId)).toBe(1)
  })

  test('without one: waits five minutes, and longer each time', async () => {
    await refused(6)
    const waits: number[] = []
    while ((await bench.record(poolId)).state === 'waiting') {
      expect((await bench.record(poolId)).reason).toBe('pool-busy')
      waits.push(await minutesToWait(bench, poolId))
      await untilDue(bench, poolId)
    }

    expect(waits).toEqual([5, 5, 5, 7.5, 11.25, 16.875])
    expect((await bench.record(poolId)).state).toBe('archived')
  })

  test('after an odd time: waits whole milliseconds, as messages and stores want', async () => {
    await refused(2)
    bench.clock.at += 20 * minuteMs + 1
    await bench.hint(poolId)
    expect(await minutesToWait(bench, poolId)).toBe(10 + 1 / minuteMs)
  })

  test('while the operations cannot be listed: looks for it before it asks again', async () => {
    bench.fake.faults.next({ path: /operations$/, times: 4 }, { kind: 'cut' })
    await refused()
    expect(await bench.record(poolId)).toMatchObject({ reason: 'pool-busy', lastError: { code } })

    bench.model.archiveByHand(poolId, { kind: 'slow', runningMs: hourMs })
    expect(await untilDue(bench, poolId)).toMatchObject({ reason: 'operation-running' })
    expect(archiveRequests(bench, poolId)).toBe(1)
  })
})
