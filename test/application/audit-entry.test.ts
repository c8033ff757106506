import { describe, expect, test } from '@jest/globals'
import { auditRecord, auditUnreadable } from '../../functions/application/audit-entry.ts'
import { UnreadableRecordError } from '../../functions/application/stored-record.ts'
import { confirmation } from '../../functions/domain/decision.ts'
import { hourMs, minuteMs, toIso } from '../../functions/domain/instant.ts'
import type { FollowedOperation } from '../../functions/domain/operation.ts'
import { newRecord, type ArchivalRecord, type Decision } from '../../functions/domain/record.ts'
import { makeFullRecord, makePool, start } from '../contract/records.ts'
import { facts } from '../support/pools.ts'
import { archiveOperation, planned, recordAfter } from '../support/records.ts'

/** The first request is sent at `facts.now`, the record is confirmed a day later. */
const submitted: Decision = {
  transition: 'submit',
  reason: 'eligible',
  detail: 'Nothing stood in the way.',
  dueAt: facts.now + 5 * minuteMs,
  attempt: { number: 1, startedAt: facts.now, leaseUntil: facts.now + 5 * minuteMs },
}

function archivedWith(
  operations: readonly FollowedOperation[],
  ...before: readonly Decision[]
): ArchivalRecord {
  const decisions = before.length === 0 ? [submitted] : before
  return recordAfter(...decisions, confirmation(recordAfter(...decisions), { operations }))
}

const ended = archiveOperation({ status: 'SUCCESS', finishedAt: facts.now + hourMs })
const finished = toIso(facts.now + hourMs)
/** `recordAfter` takes a decision a day. */
const seen = toIso(facts.now + 24 * hourMs)

describe('Who archived a pool, and when:', () => {
  test.each<
    [
      story: string,
      operations: readonly FollowedOperation[],
      by: 'archiver' | 'somebody-else',
      at: string,
    ]
  >([
    ['we, by an operation that Toloka finished', [ended], 'archiver', finished],
    ['somebody else, if there is no operation', [], 'somebody-else', seen],
    ['somebody else, after ours failed', [{ ...ended, status: 'FAIL' }], 'somebody-else', seen],
    [
      'we, by a second operation after one that failed',
      [{ ...ended, id: 'operation-0', status: 'FAIL', finishedAt: facts.now }, ended],
      'archiver',
      finished,
    ],
    [
      'we, when we saw it: the operation had not ended then',
      [{ ...ended, status: 'RUNNING' }],
      'archiver',
      seen,
    ],
    [
      'we, when we saw it: Toloka finished before it began',
      [{ ...ended, finishedAt: facts.now - 1 }],
      'archiver',
      seen,
    ],
    ['we, when we saw it: Toloka does not say', [{ ...ended, finishedAt: null }], 'archiver', seen],
    [
      'we, by an operation whose beginning Toloka does not say',
      [{ ...ended, submittedAt: null }],
      'archiver',
      finished,
    ],
    [
      'we, by a clock that is five minutes ahead of that of Toloka',
      [{ ...ended, submittedAt: facts.now - 5 * minuteMs }],
      'archiver',
      finished,
    ],
    [
      'somebody else, whose operation ran when we asked',
      [{ ...ended, submittedAt: facts.now - 5 * minuteMs - 1 }],
      'somebody-else',
      finished,
    ],
    [
      'we, although an operation of somebody else is known as well',
      [ended, { ...ended, id: 'operation-2', submittedAt: facts.now - hourMs }],
      'archiver',
      finished,
    ],
  ])('%s', (_story, operations, archivedBy, archivedAt) => {
    expect(auditRecord(archivedWith(operations))).toMatchObject({ archivedBy, archivedAt })
  })

  test('when we saw it, however much later something became known', () => {
    const { reason, dueAt, operations } = archivedWith([])
    const known: Decision = { transition: 'settle', reason, dueAt, operations }
    const end = confirmation(recordAfter(submitted), { operations })
    const record = recordAfter(submitted, end, known)

    expect(record.updatedAt).toBeGreaterThan(Date.parse(seen))
    expect(auditRecord(record).archivedAt).toBe(seen)
  })

  test('somebody else, if we never asked', () => {
    expect(auditRecord(archivedWith([ended], planned))).toMatchObject({
      archivedBy: 'somebody-else',
      archivedAt: finished,
      attempts: 0,
      requestedAt: null,
      grounds: null,
      operations: [{ operationId: 'operation-1', isOurs: false }],
    })
  })

  test('we, if the history no longer says when we asked first', () => {
    const again = { ...submitted, attempt: { ...facts, number: 2, startedAt: 0, leaseUntil: 0 } }
    const record = archivedWith([{ ...ended, submittedAt: facts.now - hourMs }], again)

    expect(auditRecord(record)).toMatchObject({ archivedBy: 'archiver', attempts: 2 })
    expect(auditRecord({ ...record, history: [] })).toMatchObject({
      archivedBy: 'archiver',
      requestedAt: null,
    })
  })

  test('nobody yet, as long as Toloka does not show it', () => {
    const record = { ...recordAfter(submitted), operations: [ended] }

    expect(auditRecord(record)).toMatchObject({
      state: 'submitting',
      archivedBy: null,
      archivedAt: null,
      requestedAt: toIso(facts.now),
      grounds: 'Nothing stood in the way.',
    })
  })

  test('when the record was last changed, if it has lost its history', () => {
    expect(auditRecord({ ...archivedWith([]), history: [] }).archivedAt).toBe(seen)
  })
})

describe('The end of the appeal window', () => {
  test('is nine days after the newest rejection that was seen', () => {
    const record = recordAfter({ ...planned, pool: makePool('7') })

    expect(auditRecord(record)).toMatchObject({
      newestRejectionAt: toIso(start - hourMs),
      appealWindowEndsAt: toIso(start - hourMs + 9 * 24 * hourMs),
    })
  })

  test('is what was waited for, once no rejection counts any more', () => {
    const pool = { ...makePool('7'), newestRejectionAt: null }

    expect(auditRecord(recordAfter(planned, { ...submitted, pool }))).toMatchObject({
      newestRejectionAt: null,
      appealWindowEndsAt: toIso(facts.appealWindowEndsAt),
    })
  })

  test('is unknown if there never was one', () => {
    expect(auditRecord(recordAfter(submitted)).appealWindowEndsAt).toBeNull()
  })
})

test('A record with everything is an entry without a gap', () => {
  const operation = {
    operationId: 'op-1',
    type: 'POOL.ARCHIVE',
    status: 'FAIL',
    submittedAt: '2026-11-24T10:00:00.000Z',
    startedAt: '2026-11-24T10:00:00.001Z',
    finishedAt: '2026-11-24T10:00:00.002Z',
    progress: 33.5,
    details: '{"code":"X"}',
    looks: 3,
    knownAt: '2026-11-24T10:00:00.000Z',
    isOurs: true,
  }
  const entry = auditRecord(makeFullRecord('17'))

  expect(JSON.parse(JSON.stringify(entry))).toEqual({
    poolId: '17',
    projectId: '7',
    name: "Robert'); drop table records;--",
    state: 'held',
    reason: 'held-by-operator',
    detail: null,
    archivedBy: null,
    archivedAt: null,
    requestedAt: null,
    grounds: null,
    closeReason: 'MANUAL',
    closedAt: '2026-11-23T10:00:00.000Z',
    newestRejectionAt: '2026-11-24T09:00:00.000Z',
    appealWindowEndsAt: '2026-12-03T09:00:00.000Z',
    readAt: '2026-11-24T10:00:00.000Z',
    attempts: 2,
    operations: [operation, { ...operation, operationId: 'op-2', progress: null, details: null }],
    hold: {
      by: 'anna',
      reason: 'audit',
      since: '2026-11-24T10:00:00.000Z',
      until: 'for-ever',
    },
    override: {
      by: 'bert',
      since: '2026-11-24T10:00:00.000Z',
      despite: 'close-reason-excluded',
    },
    history: [
      expect.objectContaining({ state: 'waiting', at: '2026-11-24T10:00:00.000Z' }),
      expect.objectContaining({ state: 'held', at: '2026-11-24T11:00:00.000Z' }),
    ],
    problem: null,
  })
})

test('The end of a hold is an instant like any other', () => {
  const hold = { by: 'anna', reason: 'audit', since: start, until: start + hourMs }

  expect(auditRecord({ ...newRecord('17', start), hold }).hold).toEqual({
    by: 'anna',
    reason: 'audit',
    since: '2026-11-24T10:00:00.000Z',
    until: '2026-11-24T11:00:00.000Z',
  })
})

test('What is not known is null, of a new record and of one that cannot be read', () => {
  const fresh = auditRecord(newRecord('17', start))
  const unreadable = auditUnreadable(new UnreadableRecordError('17', 'its schema is 99'))
  const nothing = { projectId: null, archivedBy: null, grounds: null, readAt: null, hold: null }

  expect(fresh).toMatchObject({ ...nothing, state: 'waiting', attempts: 0, problem: null })
  expect(unreadable).toMatchObject({
    ...nothing,
    poolId: '17',
    state: null,
    attempts: null,
    operations: [],
    history: [],
    problem: expect.stringContaining('pool 17 cannot be read: its schema is 99'),
  })
  expect(Object.keys(unreadable).toSorted()).toEqual(Object.keys(fresh).toSorted())
  expect(Object.values({ ...fresh, ...unreadable })).not.toContain(undefined)
})
