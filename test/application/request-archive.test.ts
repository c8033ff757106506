import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { dayMs, hourMs, minuteMs } from '../../functions/domain/instant.ts'
import type { ReasonCode } from '../../functions/domain/reasons.ts'
import type { Fault } from '../fake-toloka/faults.ts'
import { archiveRequests, closedPool, minutesToWait, untilDue } from '../support/closed-pools.ts'
import { setUpWorkbench, type Workbench } from '../support/workbench.ts'

let bench: Workbench
let poolId: string

beforeEach(async () => {
  bench = await setUpWorkbench()
  poolId = closedPool(bench)
})

afterEach(() => bench.close())

/** The archive request is refused by so many answers of this kind. */
async function refusedBy(status: number, code: string, times = 1): Promise<void> {
  const refusal = { kind: 'refuse', status, code } as const
  bench.model.scriptArchive(poolId, ...Array.from({ length: times }, () => refusal))
  await bench.hint(poolId)
}

/** Something goes wrong with the next archive request. */
async function hitBy(fault: Fault): Promise<void> {
  bench.fake.faults.next({ method: 'POST' }, fault)
  await bench.hint(poolId)
}

describe('A request that Toloka takes', () => {
  test('is followed to the end', async () => {
    await bench.hint(poolId)
    const { operations, ...record } = await bench.record(poolId)

    expect(record).toMatchObject({ state: 'archived', dueAt: null, attempt: null, following: null })
    expect(operations).toMatchObject([{ status: 'SUCCESS', type: 'POOL.ARCHIVE', poolId }])
    expect(record.detail).toBe(`Archived by operation ${operations[0]?.id}.`)
  })

  test('is not needed if Toloka answers that the pool is archived already', async () => {
    await bench.close()
    bench = await setUpWorkbench({
      replace: ({ toloka }) => ({
        toloka: {
          ...toloka,
          archivePool: async (id) => {
            bench.model.archiveByHand(id)
            return toloka.archivePool(id)
          },
        },
      }),
    })
    poolId = closedPool(bench)
    await bench.hint(poolId)

    expect(await bench.record(poolId)).toMatchObject({
      state: 'archived',
      detail: 'Archived by somebody else.',
      pool: { status: 'ARCHIVED' },
      operations: [],
    })
  })
})

const notNow = [
  'THERE_IS_REJECTED_ASSIGNMENT',
  'THERE_IS_ACTIVE_ASSIGNMENT',
  'SUBMITTED_ASSIGNMENTS_CONFLICT',
  'INAPPROPRIATE_STATUS',
  'A_CODE_OF_NEXT_YEAR',
]

describe('A 409 that', () => {
  test.each(notNow)('%s explains by no fact is asked again in a day', async (code) => {
    await refusedBy(409, code)
    const record = await bench.record(poolId)

    expect(record).toMatchObject({ state: 'waiting', reason: 'refused', attempt: null })
    expect(record.detail).toContain(`409 ${code}`)
    expect(record.lastError).toMatchObject({
      call: `POST /pools/${poolId}/archive`,
      status: 409,
      code,
      requestId: expect.any(String),
    })
    expect(record.dueAt).toBe(bench.clock.at + dayMs)
    await bench.hint(poolId)
    expect(archiveRequests(bench, poolId)).toBe(1)
    expect((await bench.record(poolId)).detail).toContain(code)

    expect((await untilDue(bench, poolId)).state).toBe('archived')
  })

  test('a rejection explains, which came in between, waits for its window', async () => {
    const { model, fake } = bench
    fake.faults.next(
      { path: '/assignments', parameter: 'rejected_gte' },
      { kind: 'edited', edit: (body) => rejectAfter(body) },
    )
    function rejectAfter(body: unknown): unknown {
      model.addAssignment(poolId, { status: 'REJECTED' })
      return body
    }
    await bench.hint(poolId)

    expect(model.archiveRequestsOf(poolId)).toMatchObject([{ code: notNow[0] }])
    const record = await bench.record(poolId)
    expect(record).toMatchObject({
      reason: 'appeal-window',
      refusedSince: null,
      cooldown: null,
      attempt: null,
    })
    expect(record.dueAt).toBe(bench.clock.at + 9 * dayMs + hourMs + minuteMs)
    expect((await untilDue(bench, poolId)).state).toBe('archived')
    expect(model.violations).toEqual([])
  })

  test('an archived pool explains is the end', async () => {
    const { model, fake } = bench
    const edit = (body: unknown): unknown => {
      model.archiveByHand(poolId)
      return body
    }
    fake.faults.next({ parameter: 'rejected_gte' }, { kind: 'edited', edit })
    await refusedBy(409, 'INAPPROPRIATE_STATUS')

    expect((await bench.record(poolId)).state).toBe('archived')
  })

  test('nothing explains for ten days and the margin calls a person, and still heals', async () => {
    const firstAt = bench.clock.at
    await refusedBy(409, 'THERE_IS_ACTIVE_ASSIGNMENT', 12)
    while ((await bench.record(poolId)).state === 'waiting') await untilDue(bench, poolId)

    const record = await bench.record(poolId)
    expect(record).toMatchObject({ state: 'attention', reason: 'refused' })
    expect(record.detail).toContain('THERE_IS_ACTIVE_ASSIGNMENT')
    const afterMs = bench.clock.at - firstAt
    expect(afterMs).toBeGreaterThan(10 * dayMs + hourMs)
    expect(afterMs).toBeLessThanOrEqual(11 * dayMs)
    expect(await minutesToWait(bench, poolId)).toBe(24 * 60)
    expect(archiveRequests(bench, poolId)).toBe(12)
    expect((await untilDue(bench, poolId)).state).toBe('archived')
  })
})

describe('A 429', () => {
  test.each<[string, Omit<Extract<Fault, { kind: 'quota' }>, 'kind'>, number]>([
    ['Retry-After', { retryAfter: '600', interval: 'DAY' }, 10],
    ['a minute', { interval: 'MIN' }, 1],
    ['an hour', { interval: 'HOUR' }, 60],
    ['a day', { interval: 'DAY' }, 24 * 60],
    ['nothing', {}, 1],
    ['no time at all', { retryAfter: '0' }, 1],
  ])('that names %s waits for so long', async (_name, words, minutes) => {
    await hitBy({ kind: 'quota', ...words })

    expect(await bench.record(poolId)).toMatchObject({ state: 'waiting', reason: 'quota' })
    expect(await minutesToWait(bench, poolId)).toBe(minutes)
    await bench.hint(poolId)
    expect(archiveRequests(bench, poolId)).toBe(1)
    expect((await untilDue(bench, poolId)).state).toBe('archived')
  })
})

describe('A request that Toloka will never take', () => {
  test.each<[number, string, ReasonCode]>([
    [400, 'VALIDATION_ERROR', 'request-invalid'],
    [403, 'ACCESS_DENIED', 'pool-forbidden'],
    [404, 'DOES_NOT_EXIST', 'not-found'],
    [410, 'GONE', 'request-invalid'],
  ])('%d %s calls a person, tries daily, and heals', async (status, code, reason) => {
    await refusedBy(status, code, 2)

    const record = await bench.record(poolId)
    expect(record).toMatchObject({ state: 'attention', reason, attempt: null, lastError: { code } })
    expect(record.detail).toContain(`${status} ${code}`)
    expect(await minutesToWait(bench, poolId)).toBe(24 * 60)
    expect((await untilDue(bench, poolId)).state).toBe('attention')
    expect((await untilDue(bench, poolId)).state).toBe('archived')
    expect(bench.journal.map((entry) => entry.code)).toContain('POOL_CALL_OPERATOR')
  })

  test.each([401, 403])('by %d because of the token waits for the token', async (status) => {
    await bench.hint(closedPool(bench)) // From here on it is known whose records these are.
    const requester = { path: '/requester', times: Infinity }
    bench.fake.faults.next(requester, { kind: 'refusal', status: 403, code: 'ACCESS_DENIED' })
    await refusedBy(status, 'ACCESS_DENIED')

    const waiting = { state: 'waiting', reason: 'access-denied', attempt: null }
    expect(await bench.record(poolId)).toMatchObject(waiting)
    expect(await minutesToWait(bench, poolId)).toBe(60)
    expect((await bench.dependencies.account.read()).denied).not.toBeNull()
    bench.fake.faults.clear()
    expect((await untilDue(bench, poolId)).state).toBe('archived')
    expect(archiveRequests(bench, poolId)).toBe(2)
  })
})
