import { unconfirmedArchive } from '../domain/decision.ts'
import { dayMs, minuteMs, type Instant } from '../domain/instant.ts'
import { hasEnded, type Operation } from '../domain/operation.ts'
import type { ReasonCode } from '../domain/reasons.ts'
import type { ArchivalRecord, Attempt, Cooldown, Decision } from '../domain/record.ts'
import { isAboutToken } from './access.ts'
import { afterTrouble, callOperator, noteTrouble, retryAt } from './after-trouble.ts'
import type { Dependencies } from './dependencies.ts'
import { TolokaError } from './toloka-error.ts'

/** "Not now" without a reason that the facts show: ask again tomorrow. */
const refusalCooldownMs = dayMs
/** Another operation may have been running for this long when it turns us away. */
const oldestOperationMs = dayMs

/** What came of an archive request: an operation to follow, or any other decision. */
export type RequestOutcome =
  | { readonly operation: Operation; readonly decision?: never }
  | { readonly operation?: never; readonly decision: Decision }

/** Posts the one request that cannot be undone, and reads from the answer what to do next. */
export async function requestArchive(
  dependencies: Dependencies,
  record: ArchivalRecord,
  attempt: Attempt,
): Promise<RequestOutcome> {
  try {
    const answer = await dependencies.toloka.archivePool(record.poolId)
    if (answer.kind === 'accepted') return { operation: answer.operation }
    const now = dependencies.clock.now()
    return { decision: { ...unconfirmedArchive(now), attempt: null, lookAgain: true } }
  } catch (error) {
    if (error instanceof TolokaError) return afterRefusal(dependencies, record, attempt, error)
    throw error
  }
}

async function afterRefusal(
  dependencies: Dependencies,
  record: ArchivalRecord,
  attempt: Attempt,
  error: TolokaError,
): Promise<RequestOutcome> {
  const now = dependencies.clock.now()
  const refusedSince = record.refusedSince ?? now
  if (!isAboutToken(error)) noteTrouble(dependencies, record.poolId, error)
  switch (error.answerClass) {
    case 'wait': {
      const cooldown = { until: now + refusalCooldownMs, reason: 'refused' } as const
      const decision = notNow(error, now, cooldown)
      return { decision: { ...decision, refusedSince, lookAgain: true } }
    }
    case 'busy': {
      const found = await findLiveOperation(dependencies, record, attempt)
      // One that could not be looked for may live: the end of the lease leads to another look.
      const unseen = { ...unknown(attempt, error, now), reason: 'pool-busy', refusedSince } as const
      if (found === 'unreadable') return { decision: unseen }
      if (found) return { operation: found }
      const cooldown = { until: now + busyMs(now - refusedSince), reason: 'pool-busy' } as const
      return { decision: { ...notNow(error, now, cooldown), refusedSince, lookAgain: true } }
    }
    case 'quota':
      return { decision: notNow(error, now, { until: retryAt(error, now), reason: 'quota' }) }
    case 'this-pool':
      return { decision: { ...callOperator(record, error, now), attempt: null } }
    case 'operator':
    case 'forbidden': {
      const decision = await afterTrouble(dependencies, record, error)
      return { decision: { ...decision, ...outOfSubmitting(decision), attempt: null } }
    }
    case 'fault':
    case 'unreadable':
      return { decision: unknown(attempt, error, now) }
  }
}

/** Toloka has not taken the request, and says that another one may do better. */
function notNow(error: TolokaError, now: Instant, cooldown: Cooldown): Decision {
  return {
    transition: 'plan',
    reason: cooldown.reason,
    detail: error.summary,
    dueAt: cooldown.until,
    looks: 1,
    attempt: null,
    cooldown,
    lastError: error.toAnsweredError(now),
  }
}

/** The request may have taken effect: only looking tells, once nobody waits for the answer. */
function unknown(attempt: Attempt, error: TolokaError, now: Instant): Decision {
  const reason: ReasonCode = 'outcome-unknown'
  return {
    transition: 'postpone',
    reason,
    detail: error.summary,
    dueAt: attempt.leaseUntil,
    looks: 1,
    lastError: error.toAnsweredError(now),
  }
}

/** A record whose request was certainly not taken does not stay `submitting`. */
function outOfSubmitting({ transition }: Decision): Pick<Decision, 'transition'> {
  return { transition: transition === 'postpone' ? 'plan' : transition }
}

/** Waits half as long again as it has been busy: at least 5 minutes, at most a day. */
function busyMs(busyForMs: number): number {
  return Math.min(Math.max(Math.ceil(busyForMs / 2), 5 * minuteMs), dayMs)
}

async function findLiveOperation(
  { toloka }: Dependencies,
  { poolId }: ArchivalRecord,
  attempt: Attempt,
): Promise<Operation | undefined | 'unreadable'> {
  try {
    const since = attempt.startedAt - oldestOperationMs
    const found = await toloka.findArchiveOperations(poolId, since)
    return found.findLast((operation) => !hasEnded(operation))
  } catch (error) {
    if (error instanceof TolokaError) return 'unreadable'
    throw error
  }
}
