import { nextLook, type Backoff } from '../domain/backoff.ts'
import { attentionLookMs } from '../domain/decision.ts'
import { hourMs, minuteMs, type Instant } from '../domain/instant.ts'
import type { ReasonCode } from '../domain/reasons.ts'
import type { ArchivalRecord, Decision } from '../domain/record.ts'
import { confirmOwner, denyAccess } from './access.ts'
import type { Dependencies } from './dependencies.ts'
import { TolokaError } from './toloka-error.ts'

const faultBackoff: Backoff = { firstMs: minuteMs, maxMs: hourMs }
/** For a 429 that names no time, or none worth mentioning: asking at once again would be a loop. */
const shortestQuotaMs = minuteMs

/**
 * What becomes of a record if Toloka could not be read. The state stays as it is: not knowing is
 * no news about the pool. Only an answer about this very pool calls a person.
 */
export async function afterTrouble(
  dependencies: Dependencies,
  record: ArchivalRecord,
  error: TolokaError,
): Promise<Decision> {
  const now = dependencies.clock.now()
  noteTrouble(dependencies, record.poolId, error)
  switch (error.answerClass) {
    case 'quota':
      return postponed(record, 'quota', error, now, retryAt(error, now))
    case 'operator':
      return postponed(record, 'access-denied', error, now, await denyAccess(dependencies, error))
    case 'forbidden':
      return afterForbidden(dependencies, record, error)
    case 'this-pool':
      return callOperator(record, error, now)
    case 'unreadable':
    case 'wait':
    case 'busy':
      return lengthening(record, 'unexpected-answer', error, now)
    case 'fault':
      return lengthening(record, 'toloka-unreachable', error, now)
  }
}

export function noteTrouble({ journal }: Dependencies, poolId: string, error: TolokaError): void {
  journal.write('TOLOKA_TROUBLE', { poolId, problem: error.message, class: error.answerClass })
}

/** Leaves a record in its place, to be looked at again at a time that is known. */
export function postponed(
  record: ArchivalRecord,
  reason: ReasonCode,
  error: TolokaError | null,
  now: Instant,
  dueAt: Instant,
): Decision {
  return {
    transition: 'postpone',
    reason,
    detail: error?.summary ?? null,
    dueAt,
    looks: 1,
    fingerprint: record.fingerprint,
    lastError: error?.toAnsweredError(now) ?? record.lastError,
  }
}

/** When Toloka may be asked again after it asked for fewer requests. */
export function retryAt({ problem }: TolokaError, now: Instant): Instant {
  return now + Math.max(problem.retryAfterMs ?? 0, shortestQuotaMs)
}

/** An answer that no repetition will change: a person has to look. */
export function callOperator(record: ArchivalRecord, error: TolokaError, now: Instant): Decision {
  return {
    transition: 'call-operator',
    reason: reasonByStatus[error.problem.status ?? 0] ?? 'request-invalid',
    detail: error.summary,
    dueAt: now + attentionLookMs,
    lastError: error.toAnsweredError(now),
    fingerprint: record.fingerprint,
  }
}

const reasonByStatus: Readonly<Record<number, ReasonCode>> = {
  403: 'pool-forbidden',
  404: 'not-found',
}

/** Is it the token, or only this pool? Asking whose token it is tells. */
async function afterForbidden(
  dependencies: Dependencies,
  record: ArchivalRecord,
  error: TolokaError,
): Promise<Decision> {
  try {
    const closedUntil = await confirmOwner(dependencies)
    const now = dependencies.clock.now()
    if (closedUntil === null) return callOperator(record, error, now)
    return postponed(record, 'access-denied', error, now, closedUntil)
  } catch (second) {
    if (second instanceof TolokaError) return afterTrouble(dependencies, record, second)
    throw second
  }
}

function lengthening(
  record: ArchivalRecord,
  reason: ReasonCode,
  error: TolokaError,
  now: Instant,
): Decision {
  const look = nextLook(record, reason, faultBackoff, now)
  return { ...postponed(record, reason, error, now, look.dueAt), ...look }
}
