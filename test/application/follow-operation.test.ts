import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { dayMs, hourMs, minuteMs, secondMs } from '../../functions/domain/instant.ts'
import type { Operation } from '../../functions/domain/operation.ts'
import {
  archiveRequests,
  closedPool,
  minutesToWait,
  pass,
  poolWithOperation,
  requestsOf,
  untilDue,
} from '../support/closed-pools.ts'
import { setUpWorkbench, type Workbench } from '../support/workbench.ts'

let bench: Workbench
/** What Toloka answers about an operation, if not what it is. */
let changed: Partial<Operation>
/** What Toloka answers to the archive request, if not what it is. */
let accepted: Partial<Operation>

beforeEach(async () => {
  changed = {}
  accepted = {}
  bench = await setUpWorkbench({
    replace: ({ toloka }) => ({
      toloka: {
        ...toloka,
        readOperation: async (id) => ({ ...(await toloka.readOperation(id)), ...changed }),
        archivePool: async (id) => {
          const answer = await toloka.archivePool(id)
          if (answer.kind === 'already-archived') return answer
          return { ...answer, operation: { ...answer.operation, ...accepted } }
        },
      },
    }),
  })
})

afterEach(() => bench.close())

const operationReads = (): number => requestsOf(bench, 'GET /operations/{id}')
const poolReads = (): number => requestsOf(bench, 'GET /pools/{id}')

describe.each(['PENDING', 'RUNNING'] as const)('An operation that stays %s', (status) => {
  test('is looked at after 10 s, 30 s, 2 min, 10 min, 1 h, then hourly', async () => {
    const poolId = await poolWithOperation(bench, { kind: 'stuck', in: status })
    const waits: number[] = []
    for (let look = 0; look < 8; look += 1) {
      expect(operationReads()).toBe(look)
      expect(await bench.record(poolId)).toMatchObject({
        state: 'archiving',
        reason: 'operation-running',
        operations: [{ status, looks: look }],
      })
      waits.push((await minutesToWait(bench, poolId)) * minuteMs)
      await untilDue(bench, poolId)
    }

    const first = [10 * secondMs, 30 * secondMs, 2 * minuteMs, 10 * minuteMs]
    expect(waits).toEqual([...first, hourMs, hourMs, hourMs, hourMs])
  })

  test('has its pool read beside it, and is warned of, from an hour on', async () => {
    const poolId = await poolWithOperation(bench, { kind: 'stuck', in: status })
    await pass(bench, hourMs)
    expect(poolReads()).toBe(1)
    expect((await bench.record(poolId)).warning).toBe(false)

    const record = await untilDue(bench, poolId)
    expect(poolReads()).toBe(2)
    expect(record).toMatchObject({ state: 'archiving', warning: true })
    expect(bench.journal.map(({ code }) => code)).toContain('POOL_WARNING')
  })

  test('needs a person after a day, is looked at daily, and heals', async () => {
    const poolId = await poolWithOperation(bench, { kind: 'stuck', in: status })
    await pass(bench, dayMs - 1)
    expect((await bench.record(poolId)).state).toBe('archiving')
    await pass(bench, hourMs)

    const stuck = { state: 'attention', reason: 'operation-stuck' }
    const [operation] = bench.model.operationsOf(poolId)
    expect(await bench.record(poolId)).toMatchObject(stuck)
    expect((await bench.record(poolId)).detail).toBe(
      `Operation ${operation?.id} is ${status} for more than a day.`,
    )
    for (let day = 0; day < 3; day += 1) expect(await untilDue(bench, poolId)).toMatchObject(stuck)
    expect(await minutesToWait(bench, poolId)).toBe(24 * 60)
    bench.model.finishOperation(operation?.id ?? '', 'SUCCESS')

    expect((await untilDue(bench, poolId)).state).toBe('archived')
    expect(archiveRequests(bench, poolId)).toBe(1)
    const calls = bench.announcements.filter(({ kind }) => kind === 'PoolNeedsAttention')
    expect(calls).toHaveLength(1)
  })
})

describe('An operation', () => {
  test('with a status that nobody knows has not ended', async () => {
    changed = { status: 'ALMOST_THERE', finishedAt: bench.clock.at }
    const poolId = await poolWithOperation(bench)
    await pass(bench, 2 * dayMs)

    expect(await bench.record(poolId)).toMatchObject({
      state: 'attention',
      reason: 'operation-stuck',
      operations: [{ status: 'ALMOST_THERE' }],
    })
    expect(archiveRequests(bench, poolId)).toBe(1)
  })

  test('whose pool is archived needs no end of its own', async () => {
    changed = { status: 'RUNNING' }
    const poolId = await poolWithOperation(bench, { kind: 'slow', runningMs: 20 * minuteMs })
    await pass(bench, 2 * hourMs)

    expect(await bench.record(poolId)).toMatchObject({
      state: 'archived',
      operations: [{ status: 'RUNNING', looks: 5 }],
    })
  })

  test('that Toloka does not know is waited for, and the pool tells the end', async () => {
    accepted = { id: 'no-such-operation', status: 'RUNNING' }
    const poolId = await poolWithOperation(bench, { kind: 'slow', runningMs: 2 * hourMs })
    await pass(bench, hourMs)
    expect(await bench.record(poolId)).toMatchObject({
      state: 'archiving',
      following: 'no-such-operation',
    })
    await pass(bench, 3 * hourMs)

    expect((await bench.record(poolId)).state).toBe('archived')
    expect(archiveRequests(bench, poolId)).toBe(1)
  })

  test('that Toloka does not know for a day needs a person', async () => {
    accepted = { id: 'no-such-operation', status: 'RUNNING' }
    const poolId = await poolWithOperation(bench)
    await pass(bench, 3 * dayMs)

    expect(await bench.record(poolId)).toMatchObject({ reason: 'operation-stuck' })
    expect(archiveRequests(bench, poolId)).toBe(1)
  })

  test('that may not be read for a while needs a person, and then is followed again', async () => {
    const poolId = await poolWithOperation(bench)
    const forbidden = { kind: 'refusal', status: 403, code: 'ACCESS_DENIED' } as const
    bench.fake.faults.next({ path: '/operations/' }, forbidden)
    const record = await untilDue(bench, poolId)
    expect(record).toMatchObject({ state: 'attention', reason: 'pool-forbidden' })
    expect(record.following).toBe(bench.model.operationsOf(poolId)[0]?.id)
    await bench.hint(poolId)

    expect(await bench.record(poolId)).toMatchObject({
      state: 'archiving',
      reason: 'operation-running',
    })
    expect(archiveRequests(bench, poolId)).toBe(1)
  })
})

describe('SUCCESS of an operation whose pool is not archived', () => {
  test('is looked at again, and confirmed by the pool', async () => {
    const forMs = 5 * minuteMs
    const poolId = await poolWithOperation(bench, { kind: 'success-but-not-archived', forMs })
    expect(await bench.record(poolId)).toMatchObject({
      state: 'waiting',
      reason: 'archive-not-confirmed',
      following: null,
    })
    const waits: number[] = []
    while ((await bench.record(poolId)).state === 'waiting') {
      waits.push(await minutesToWait(bench, poolId))
      await untilDue(bench, poolId)
    }

    expect(waits).toEqual([1, 2, 4])
    expect((await bench.record(poolId)).state).toBe('archived')
    expect(archiveRequests(bench, poolId)).toBe(1)
  })

  test('is not requested again for a day', async () => {
    const forMs = Infinity
    const poolId = await poolWithOperation(bench, { kind: 'success-but-not-archived', forMs })
    await pass(bench, dayMs - 1)
    expect(await bench.record(poolId)).toMatchObject({
      reason: 'archive-not-confirmed',
      warning: true,
    })
    expect(archiveRequests(bench, poolId)).toBe(1)
    await pass(bench, 1)

    expect((await bench.record(poolId)).state).toBe('archived')
    expect(archiveRequests(bench, poolId)).toBe(2)
  })
})

describe('FAIL', () => {
  test('is explained by a rejection that came in meanwhile', async () => {
    const poolId = await poolWithOperation(bench, { kind: 'fail', afterMs: 5_000 })
    bench.model.addAssignment(poolId, { status: 'REJECTED' })
    const record = await untilDue(bench, poolId)

    expect(record).toMatchObject({ state: 'waiting', reason: 'appeal-window', following: null })
    expect(record.operations).toMatchObject([{ status: 'FAIL' }])
    expect((await untilDue(bench, poolId)).state).toBe('archived')
    expect(bench.model.violations).toEqual([])
  })

  test.each([{ code: 'BAD_LUCK' }, undefined])(
    'with details %p is tried again after 1 h, 6 h, 24 h; then a person is called, and it is tried daily',
    async (details) => {
      const poolId = closedPool(bench)
      const fail = { kind: 'fail', details } as const
      bench.model.scriptArchive(poolId, fail, fail, fail, fail, fail)
      await bench.hint(poolId)
      const waits: unknown[] = []
      for (;;) {
        const { state, reason, detail, failures } = await bench.record(poolId)
        if (state === 'archived') break
        expect(reason).toBe('operation-failed')
        expect(detail).toContain(details?.code ?? 'OPERATION_EXECUTION_ERROR')
        waits.push([failures, state, (await minutesToWait(bench, poolId)) / 60])
        await untilDue(bench, poolId)
      }

      expect(waits).toEqual([
        [1, 'waiting', 1],
        [2, 'waiting', 6],
        [3, 'waiting', 24],
        [4, 'attention', 24],
        [5, 'attention', 24],
      ])
      expect((await bench.record(poolId)).operations).toHaveLength(6)
      expect(archiveRequests(bench, poolId)).toBe(6)
    },
  )

  test('without details says so plainly', async () => {
    accepted = { status: 'FAIL', details: null }
    const poolId = await poolWithOperation(bench)
    const [operation] = bench.model.operationsOf(poolId)

    expect((await bench.record(poolId)).detail).toBe(`Operation ${operation?.id} failed`)
    expect((await bench.record(poolId)).operations).toMatchObject([{ looks: 0 }])
    expect(operationReads()).toBe(0)
  })
})
