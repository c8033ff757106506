import { dayMs, hourMs, type Instant } from '../../functions/domain/instant.ts'
import { applyDecision } from '../../functions/domain/apply-decision.ts'
import {
  newRecord,
  type ArchivalRecord,
  type Decision,
  type SeenPool,
} from '../../functions/domain/record.ts'

/** When the stories of the contracts begin. */
export const start: Instant = Date.UTC(2026, 10, 24, 10)

/** A pool that waits for its appeal window, in its first version, with nothing to announce. */
export function makeRecord(poolId: string, change: Partial<Decision> = {}): ArchivalRecord {
  return applyDecision(newRecord(poolId, start), { ...waiting, ...change }, start)
}

/** The next version of a record, as another process would decide it. */
export function decideAgain(
  record: ArchivalRecord,
  change: Partial<Decision> = {},
): ArchivalRecord {
  return applyDecision(record, { ...waiting, ...change }, record.updatedAt + hourMs)
}

/** The record with all announced: what stays is where it is. */
export function makeQuietRecord(poolId: string, change: Partial<Decision> = {}): ArchivalRecord {
  return { ...makeRecord(poolId, change), outbox: [] }
}

/** A record in which no field is empty. */
export function makeFullRecord(poolId: string): ArchivalRecord {
  const error = {
    at: start,
    call: `POST /pools/${poolId}/archive`,
    status: 409,
    code: 'THERE_IS_REJECTED_ASSIGNMENT',
    message: 'Ein Auftrag wurde abgelehnt – 拒否 🙈 "quoted" \\ \u0000',
    requestId: 'b0f1',
  }
  const operation = {
    id: 'op-1',
    type: 'POOL.ARCHIVE',
    status: 'FAIL',
    poolId,
    submittedAt: start,
    startedAt: start + 1,
    finishedAt: start + 2,
    progress: 33.5,
    details: '{"code":"X"}',
    knownAt: start,
    looks: 3,
  }
  const record = makeRecord(poolId, {
    detail: 'Toloka said no.',
    warning: true,
    looks: 2,
    fingerprint: '["CLOSED"]',
    pool: makePool('7'),
    hold: { by: 'anna', reason: 'audit', since: start, until: 'for-ever' },
    override: {
      by: 'bert',
      since: start,
      despite: 'close-reason-excluded',
      lastStartedAt: start - 2 * dayMs,
      lastStoppedAt: start - dayMs,
    },
    attempt: { number: 2, startedAt: start, leaseUntil: start + hourMs },
    operations: [operation, { ...operation, id: 'op-2', progress: null, details: null }],
    following: 'op-2',
    failures: 1,
    cooldown: { until: start + dayMs, reason: 'operation-failed' },
    refusedSince: start,
    lastError: error,
  })
  const held = decideAgain(record, { transition: 'hold', reason: 'held-by-operator', dueAt: null })
  return { ...held, outbox: held.outbox.map((one) => Object.assign({ toldTo: ['events'] }, one)) }
}

/** A closed pool of a project as it was seen. */
export function makePool(projectId: string): SeenPool {
  return {
    projectId,
    privateName: "Robert'); drop table records;--",
    status: 'CLOSED',
    lastCloseReason: 'MANUAL',
    lastStoppedAt: start - dayMs,
    newestRejectionAt: start - hourMs,
    readAt: start,
  }
}

const waiting: Decision = { transition: 'plan', reason: 'appeal-window', dueAt: start + 9 * dayMs }
