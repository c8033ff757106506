import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { Toloka } from '../../functions/application/ports.ts'
import { pauseArchiving } from '../../functions/application/pause-archiving.ts'
import { hourMs, minuteMs } from '../../functions/domain/instant.ts'
import type { Fault } from '../fake-toloka/faults.ts'
import {
  archiveRequests,
  closedPool,
  holdPool,
  minutesToWait,
  pass,
  requestsOf,
  untilDue,
} from '../support/closed-pools.ts'
import { setUpWorkbench, type Workbench } from '../support/workbench.ts'

const leaseMs = 5 * minuteMs

let bench: Workbench
let poolId: string
/** Set to kill the archiver right before, or right after, an archive request. */
let killed: 'before' | 'after' | null

beforeEach(async () => {
  killed = null
  bench = await setUpWorkbench({
    replace: ({ toloka }) => ({ toloka: { ...toloka, archivePool: killable(toloka) } }),
  })
  poolId = closedPool(bench)
})

afterEach(() => bench.close())

function killable(toloka: Toloka): Toloka['archivePool'] {
  return async (id) => {
    if (killed === 'before') throw new Error('killed')
    const answer = await toloka.archivePool(id)
    if (killed === 'after') throw new Error('killed')
    return answer
  }
}

/** The answer to the archive request got lost; the request itself may have as well. */
async function lostAnswer(kind: 'effect-then-cut' | 'cut'): Promise<void> {
  bench.fake.faults.next({ method: 'POST' }, { kind })
  await bench.hint(poolId)
  expect((await bench.record(poolId)).attempt?.number).toBe(1)
}

describe('If the request took effect and its answer got lost,', () => {
  test('and the pool is archived, that read is the end', async () => {
    await lostAnswer('effect-then-cut')
    const record = await untilDue(bench, poolId)

    expect(record).toMatchObject({ state: 'archived', operations: [{ status: 'SUCCESS' }] })
    expect(requestsOf(bench, 'GET /pools/{id}')).toBe(2)
    expect(archiveRequests(bench, poolId)).toBe(1)
  })

  test('an operation that still runs is followed', async () => {
    bench.model.scriptArchive(poolId, { kind: 'slow', runningMs: 2 * hourMs })
    await lostAnswer('effect-then-cut')
    const record = await untilDue(bench, poolId)

    expect(record).toMatchObject({ state: 'archiving', attempt: null, attempts: 1 })
    expect(record.following).toBe(bench.model.operationsOf(poolId)[0]?.id)
    await pass(bench, 4 * hourMs)
    expect((await bench.record(poolId)).state).toBe('archived')
    expect(archiveRequests(bench, poolId)).toBe(1)
  })

  test('an operation that failed counts as a failure', async () => {
    bench.model.scriptArchive(poolId, { kind: 'fail', details: { code: 'BAD_LUCK' } })
    await lostAnswer('effect-then-cut')
    const record = await untilDue(bench, poolId)

    expect(record).toMatchObject({ state: 'waiting', reason: 'operation-failed', failures: 1 })
    expect(record.operations).toMatchObject([{ status: 'FAIL' }])
    expect(record.detail).toContain('BAD_LUCK')
    expect(await minutesToWait(bench, poolId)).toBe(60)
    expect((await untilDue(bench, poolId)).state).toBe('archived')
  })

  test('and another one lives beside it, both are followed before anything is requested', async () => {
    const { model } = bench
    const operations = [1, 2].map(() => model.archiveByHand(poolId, { kind: 'stuck' }))
    await lostAnswer('cut')
    expect((await untilDue(bench, poolId)).operations).toHaveLength(2)

    for (const { id } of operations) {
      expect((await bench.record(poolId)).state).toBe('archiving')
      model.finishOperation(id, 'FAIL')
      await untilDue(bench, poolId)
    }
    expect(await bench.record(poolId)).toMatchObject({
      state: 'waiting',
      failures: 2,
      following: null,
    })
    expect(archiveRequests(bench, poolId)).toBe(1)
    expect((await untilDue(bench, poolId)).state).toBe('archived')
    expect(model.violations).toEqual([])
  })
})

test('Of several operations that turn up, the one that lives is followed', async () => {
  const { model } = bench
  const lives = model.archiveByHand(poolId, { kind: 'stuck' })
  model.archiveByHand(poolId, { kind: 'fail' })
  await lostAnswer('cut')
  const record = await untilDue(bench, poolId)

  expect(record).toMatchObject({ state: 'archiving', following: lives.id, failures: 0 })
  expect(record.operations).toHaveLength(2)
})

describe('If the request never took effect,', () => {
  test('it is made again as attempt 2, after all facts were read again', async () => {
    await lostAnswer('cut')
    await pass(bench, leaseMs - 1)
    const asked = [...bench.model.requests.byRoute.values()]
    await pass(bench, 1)

    const record = await bench.record(poolId)
    expect(record).toMatchObject({ state: 'archived', attempts: 2, attempt: null })
    expect(record.history.map(({ reason }) => reason)).toEqual([
      'eligible',
      'outcome-unknown',
      'outcome-unknown',
      'eligible',
      'operation-running',
      'already-archived',
    ])
    expect(record.history[2]?.detail).toBe('Archive request 1 left no trace at Toloka.')
    expect(asked).toHaveLength(4)
    // For the recovery, for the facts, for the evidence.
    expect(requestsOf(bench, 'GET /pools/{id}')).toBe(1 + 3)
    expect(requestsOf(bench, 'GET /assignments')).toBe(2 + 2)
    expect(archiveRequests(bench, poolId)).toBe(2)
  })

  test('a rejection that came in between is waited for', async () => {
    await lostAnswer('cut')
    bench.model.addAssignment(poolId, { status: 'REJECTED' })
    const record = await untilDue(bench, poolId)

    expect(record).toMatchObject({ state: 'waiting', reason: 'appeal-window', attempt: null })
    expect(archiveRequests(bench, poolId)).toBe(1)
  })

  test('a hold that came in between is respected', async () => {
    await lostAnswer('cut')
    await holdPool(bench, poolId)
    const record = await untilDue(bench, poolId)

    expect(record).toMatchObject({ state: 'held', reason: 'held-by-operator', attempt: null })
    expect(archiveRequests(bench, poolId)).toBe(1)
  })

  test('a pause that came in between is respected', async () => {
    await lostAnswer('cut')
    await pauseArchiving(bench.dependencies, 'ada')

    expect(await untilDue(bench, poolId)).toMatchObject({ state: 'waiting', reason: 'paused' })
    expect(archiveRequests(bench, poolId)).toBe(1)
  })
})

describe('Among the operations that Toloka lists', () => {
  test('ours is found on the second page, and those of other pools are left out', async () => {
    const other = closedPool(bench)
    const ids = Array.from({ length: 400 }, () => {
      return bench.model.archiveByHand(other, { kind: 'fail' }).id
    })
    bench.model.scriptArchive(poolId, { kind: 'stuck' })
    await lostAnswer('effect-then-cut')
    const record = await untilDue(bench, poolId)

    expect(requestsOf(bench, 'GET /operations')).toBe(2)
    expect(record.operations).toHaveLength(1)
    expect(ids).not.toContain(record.following)
    expect(record.following).toBe(bench.model.operationsOf(poolId)[0]?.id)
  })

  test('those that are known already say nothing about this request', async () => {
    bench.model.scriptArchive(poolId, { kind: 'fail' })
    await bench.hint(poolId)
    bench.fake.faults.next({ method: 'POST' }, { kind: 'cut' })
    await untilDue(bench, poolId)
    const [old] = bench.model.operationsOf(poolId)
    const item = { ...old, parameters: { pool_id: poolId }, submitted: null }
    const edit = (): unknown => ({ items: [item], has_more: false })
    bench.fake.faults.next({ path: /operations$/ }, { kind: 'edited', edit })
    const record = await untilDue(bench, poolId)

    expect(record).toMatchObject({ state: 'archived', failures: 1, attempts: 3 })
    expect(record.operations.map(({ status }) => status)).toEqual(['FAIL', 'SUCCESS'])
  })
})

describe('While Toloka cannot tell what became of the request,', () => {
  const troubles: readonly (readonly [string, Fault])[] = [
    ['/pools/', { kind: 'cut' }],
    ['/operations', { kind: 'status', status: 503 }],
    ['/operations', { kind: 'quota' }],
    ['/pools/', { kind: 'refusal', status: 404, code: 'DOES_NOT_EXIST' }],
    ['/pools/', { kind: 'refusal', status: 401, code: 'AUTHENTICATION_ERROR' }],
    ['/operations', { kind: 'not-json' }],
  ]

  test.each(troubles)('%s answering by %p, nobody asks again', async (path, fault) => {
    bench.model.scriptArchive(poolId, { kind: 'stuck' })
    await lostAnswer('effect-then-cut')
    bench.fake.faults.next({ method: 'GET', path, times: 4 }, fault)
    const record = await untilDue(bench, poolId)

    expect(record.attempt?.number).toBe(1)
    expect(['submitting', 'attention']).toContain(record.state)
    bench.fake.faults.clear()
    expect((await untilDue(bench, poolId)).state).toBe('archiving')
    expect(archiveRequests(bench, poolId)).toBe(1)
  })
})

describe('An archiver that is killed', () => {
  test('before the request makes it as soon as the lease is over', async () => {
    killed = 'before'
    await expect(bench.hint(poolId)).rejects.toThrow('killed')
    killed = null
    await pass(bench, leaseMs - 1)
    await bench.hint(poolId)
    expect((await bench.record(poolId)).state).toBe('submitting')
    expect(archiveRequests(bench, poolId)).toBe(0)

    expect(await untilDue(bench, poolId)).toMatchObject({ state: 'archived', attempts: 2 })
    expect(archiveRequests(bench, poolId)).toBe(1)
  })

  test('after the request finds its operation', async () => {
    killed = 'after'
    await expect(bench.hint(poolId)).rejects.toThrow('killed')
    killed = null

    expect(await untilDue(bench, poolId)).toMatchObject({ state: 'archived', attempts: 1 })
    expect((await bench.record(poolId)).operations).toHaveLength(1)
    expect(archiveRequests(bench, poolId)).toBe(1)
  })
})
