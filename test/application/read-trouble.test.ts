import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { dayMs, hourMs, minuteMs } from '../../functions/domain/instant.ts'
import type { ReasonCode } from '../../functions/domain/reasons.ts'
import type { Fault, FaultTarget } from '../fake-toloka/faults.ts'
import type { Json } from '../fake-toloka/refusal.ts'
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

beforeEach(async () => {
  bench = await setUpWorkbench()
})

afterEach(() => bench.close())

const reads: readonly (readonly [string, FaultTarget])[] = [
  ['the pool', { path: /\/pools\/\d+$/ }],
  ['pending work', { path: '/assignments', parameter: 'status' }],
  ['rejections', { path: '/assignments', parameter: 'rejected_gte' }],
]

function refusal(status: number, code = 'A_CODE'): Fault {
  return { kind: 'refusal', status, code }
}

/** What a fault leads to: the reason, the wait in minutes, and how many requests meet it. */
const faults: readonly (readonly [string, Fault, ReasonCode, number, number])[] = [
  ['408', { kind: 'status', status: 408 }, 'toloka-unreachable', 1, 4],
  ['500', { kind: 'status', status: 500 }, 'toloka-unreachable', 1, 4],
  ['a page of a proxy', { kind: 'status', status: 502, body: 'html' }, 'toloka-unreachable', 1, 4],
  [
    '503 without a body',
    { kind: 'status', status: 503, body: 'empty' },
    'toloka-unreachable',
    1,
    4,
  ],
  ['a broken connection', { kind: 'cut' }, 'toloka-unreachable', 1, 4],
  ['a broken answer', { kind: 'cut-mid-body' }, 'toloka-unreachable', 1, 4],
  ['half an answer', { kind: 'truncated' }, 'unexpected-answer', 1, 1],
  ['HTML', { kind: 'not-json' }, 'unexpected-answer', 1, 1],
  ['a redirect', { kind: 'redirect', location: '/elsewhere' }, 'unexpected-answer', 1, 1],
  ['409', refusal(409), 'unexpected-answer', 1, 1],
  ['409 busy', refusal(409, 'OPERATION_ALREADY_EXISTS'), 'unexpected-answer', 1, 1],
  ['429', { kind: 'quota', interval: 'HOUR' }, 'quota', 60, 1],
  ['401', refusal(401), 'access-denied', 60, 1],
  ['400', refusal(400), 'request-invalid', 24 * 60, 1],
  ['403', refusal(403), 'pool-forbidden', 24 * 60, 1],
  ['404', refusal(404), 'not-found', 24 * 60, 1],
]

describe.each(reads)('Asked for %s, Toloka answers', (_what, target) => {
  test.each(faults)('%s: nothing is decided about the pool', async (...story) => {
    const [, fault, reason, minutes, times] = story
    const poolId = closedPool(bench)
    bench.fake.faults.next({ ...target, times }, fault)
    await bench.hint(poolId)

    const isAboutPool = minutes === 24 * 60
    const record = await bench.record(poolId)
    expect(record).toMatchObject({ state: isAboutPool ? 'attention' : 'waiting', reason })
    expect(record.lastError?.call).toMatch(/^GET \/(pools|assignments)/)
    expect(record.detail).toContain(record.lastError?.call)
    expect(await minutesToWait(bench, poolId)).toBe(minutes)
    expect(archiveRequests(bench, poolId)).toBe(0)
    expect(bench.journal).toContainEqual({
      code: 'TOLOKA_TROUBLE',
      fields: {
        poolId,
        problem: expect.stringContaining(record.detail ?? '-'),
        class: expect.any(String),
      },
    })
    expect((await untilDue(bench, poolId)).state).toBe('archived')
    expect((await bench.record(poolId)).lastError).toBeNull()
  })
})

/** Changes the first item of a list. */
function item(change: Record<string, Json>): (body: Json) => Json {
  return () => ({
    items: [{ id: 'a', pool_id: '1', status: 'ACTIVE', ...change }],
    has_more: false,
  })
}

describe('An answer that makes no sense is named by its field:', () => {
  test.each<[string, FaultTarget, (body: Json) => Json]>([
    ['field status', { path: '/pools/' }, (body) => ({ ...Object(body), status: 7 })],
    ['field last_stopped', { path: '/pools/' }, (body) => ({ ...Object(body), last_stopped: '?' })],
    ['field id', { path: '/pools/' }, (body) => ({ ...Object(body), id: '1' })],
    ['field items', { parameter: 'status' }, () => ({ has_more: false })],
    ['field items.0.status', { parameter: 'status' }, item({ status: null })],
    ['field items.0.rejected', { parameter: 'rejected_gte' }, item({ rejected: 'today' })],
  ])('%s', async (field, target, edit) => {
    const poolId = closedPool(bench)
    bench.fake.faults.next(target, { kind: 'edited', edit })
    await bench.hint(poolId)

    const record = await bench.record(poolId)
    expect(record).toMatchObject({ state: 'waiting', reason: 'unexpected-answer' })
    expect(record.detail).toContain(`${field}: `)
    expect(archiveRequests(bench, poolId)).toBe(0)
  })

  test('or waited for, if it is about another pool', async () => {
    const poolId = closedPool(bench)
    bench.fake.faults.next({ parameter: 'status' }, { kind: 'edited', edit: item({}) })
    await bench.hint(poolId)

    expect(await bench.record(poolId)).toMatchObject({ reason: 'unexpected-answer', warning: true })
    expect(await minutesToWait(bench, poolId)).toBe(24 * 60)
    expect(requestsOf(bench, 'GET /assignments')).toBe(1)
  })
})

describe('While Toloka is down', () => {
  test('the wait doubles from a minute to an hour, and warns from then on', async () => {
    const poolId = closedPool(bench)
    bench.fake.faults.next({ times: Infinity }, { kind: 'cut' })
    await bench.hint(poolId)
    const waits: number[] = []
    for (let look = 0; look < 9; look += 1) {
      waits.push(await minutesToWait(bench, poolId))
      expect((await bench.record(poolId)).warning).toBe(look >= 6)
      await untilDue(bench, poolId)
    }

    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60])
    bench.fake.faults.clear()
    expect((await untilDue(bench, poolId)).state).toBe('archived')
  })

  test('what is held stays held, with the fingerprint that it was held for', async () => {
    const poolId = closedPool(bench, { private_comment: '[keep]' })
    await bench.hint(poolId)
    const { fingerprint } = await bench.record(poolId)
    bench.fake.faults.next({ times: 4 }, { kind: 'cut' })
    await bench.hint(poolId)

    const record = await bench.record(poolId)
    expect(record).toMatchObject({ state: 'held', reason: 'toloka-unreachable', fingerprint })
    expect(fingerprint).not.toBeNull()
    expect(await untilDue(bench, poolId)).toMatchObject({ state: 'held', reason: 'keep-marker' })
  })

  test('what is watched stays watched', async () => {
    const poolId = bench.model.createPool({}, { status: 'OPEN', lastStartedAt: bench.clock.at })
    await bench.hint(poolId)
    bench.fake.faults.next({ times: 4 }, { kind: 'cut' })
    await bench.hint(poolId)

    expect(await bench.record(poolId)).toMatchObject({
      state: 'watching',
      reason: 'toloka-unreachable',
    })
    expect(await untilDue(bench, poolId)).toMatchObject({ state: 'watching', reason: 'pool-open' })
  })

  test('what is being archived stays so, and is found archived', async () => {
    const poolId = await poolWithOperation(bench, { kind: 'slow', runningMs: minuteMs })
    bench.fake.faults.next({ times: Infinity }, { kind: 'status', status: 503 })
    const { following } = await untilDue(bench, poolId)
    await pass(bench, 2 * hourMs)

    expect(await bench.record(poolId)).toMatchObject({
      state: 'archiving',
      reason: 'toloka-unreachable',
      following,
    })
    expect(archiveRequests(bench, poolId)).toBe(1)
    bench.fake.faults.clear()
    await pass(bench, hourMs)
    expect((await bench.record(poolId)).state).toBe('archived')
  })
})

test.each([403, 404] as const)(
  'A pool that answers %d for days heals by itself',
  async (foreignPool) => {
    await bench.close()
    bench = await setUpWorkbench({ personality: { foreignPool } })
    const poolId = closedPool(bench)
    bench.model.setAccess(poolId, 'none')
    await bench.hint(poolId)
    await pass(bench, 3 * dayMs)
    expect((await bench.record(poolId)).state).toBe('attention')
    expect(bench.announcements.map(({ kind }) => kind)).toEqual(['PoolNeedsAttention'])
    bench.model.setAccess(poolId, 'own')

    expect((await untilDue(bench, poolId)).state).toBe('archived')
  },
)
