import { nextLook, type Backoff } from './backoff.ts'
import { fingerprint } from './fingerprint.ts'
import { dayMs, hourMs, minuteMs, roundUpToMinute, type Instant } from './instant.ts'
import { followUpDelayMs, hasEnded, type FollowedOperation, type Operation } from './operation.ts'
import type { Policy, PoolPolicy } from './policy.ts'
import type { Assignments, Pool } from './pool.ts'
import type { ArchivalRecord, Cooldown, Decision, SeenPool } from './record.ts'
import { shorten } from './shorten.ts'
import type { Verdict } from './verdict.ts'
import { fullWindowMs } from './waits.ts'

/** Parked records are looked at once a week even if nothing seems to have changed. */
export const parkedLookMs = 7 * dayMs
/** Records that need a person are looked at once a day, and heal by themselves if they can. */
export const attentionLookMs = dayMs

/** A look at a pool: what was read, what the rule says of it, and the time that the rule was told. */
export interface Look {
  readonly pool: Pool
  readonly assignments: Assignments
  readonly verdict: Verdict
  /** What the rule was told to judge by. */
  readonly policy: PoolPolicy
  /** The earlier of our clock and Toloka's. */
  readonly now: Instant
}

export function seenPool({ pool, assignments }: Look, readAt: Instant): SeenPool {
  const { projectId, privateName, status, lastCloseReason, lastStoppedAt } = pool
  const newestRejectionAt = assignments.rejections?.found?.rejectedAt ?? null
  return {
    projectId,
    privateName: shorten(privateName),
    status,
    lastCloseReason,
    lastStoppedAt,
    newestRejectionAt,
    readAt,
  }
}

/**
 * What becomes of a record by any verdict other than "archive".
 *
 * @param now by our clock, which is what due times are measured by
 */
export function decisionByVerdict(
  record: ArchivalRecord,
  look: Look,
  policy: Policy,
  now: Instant,
): Decision | null {
  const { verdict } = look
  const found = {
    reason: verdict.reason,
    pool: seenPool(look, now),
    lastError: null,
    refusedSince: null,
    cooldown: isExplained(record.cooldown) ? null : record.cooldown,
  }
  switch (verdict.action) {
    case 'finish':
      return confirmation(record, found)
    case 'watch':
      return {
        ...found,
        transition: 'watch',
        dueAt: now + parkedLookMs,
        fingerprint: fingerprint(look.pool, policy, null),
      }
    case 'hold':
      return {
        ...found,
        transition: 'hold',
        dueAt: roundUpToMinute(
          Math.min(now + parkedLookMs, byOurClock(verdict.until ?? Infinity, look.now, now)),
        ),
        fingerprint: fingerprint(look.pool, policy, null),
      }
    case 'wait': {
      const wait = verdict.backoff
        ? nextLook(record, verdict.reason, verdict.backoff, now)
        : { dueAt: byOurClock(verdict.until, look.now, now), looks: 0, warning: false }
      return {
        ...found,
        transition: 'plan',
        dueAt: roundUpToMinute(Math.min(wait.dueAt, now + longestWaitMs(policy))),
        looks: wait.looks,
        warning: wait.warning || verdict.warning,
      }
    }
    case 'archive':
      return null
  }
}

/**
 * A week more than the policy explains. Whoever has to wait longer was told an absurd date, and may
 * be told another one when the next look asks again.
 */
function longestWaitMs(policy: Policy): number {
  return (
    Math.max(fullWindowMs(policy), ...Object.values(policy.graceMsByCloseReason)) + parkedLookMs
  )
}

/** The end: a fresh read says ARCHIVED. Nothing else is evidence. */
export function confirmation(record: ArchivalRecord, found: Partial<Decision>): Decision {
  const operations = found.operations ?? record.operations
  const ours = operations.findLast(({ status }) => status !== 'FAIL')
  return {
    pool: record.pool && { ...record.pool, status: 'ARCHIVED' },
    ...found,
    transition: 'confirm',
    reason: 'already-archived',
    detail: ours ? `Archived by operation ${ours.id}.` : 'Archived by somebody else.',
    dueAt: null,
    attempt: null,
    following: null,
    cooldown: null,
  }
}

/** A refusal is explained as soon as the facts show any reason to wait. */
function isExplained(cooldown: Cooldown | null): boolean {
  return cooldown?.reason === 'refused' || cooldown?.reason === 'pool-busy'
}

/** If our clock is ahead of Toloka's, their time comes later than it would seem. */
function byOurClock(instant: Instant, theirNow: Instant, ourNow: Instant): Instant {
  return instant + Math.max(0, ourNow - theirNow)
}

/** Between looks whether a pool is archived that Toloka calls so. */
const unconfirmed: Backoff = { firstMs: minuteMs, maxMs: hourMs }

/**
 * Toloka calls the pool archived, by the end of an operation or by a 204, and only a read of the
 * pool can prove it: look at once or soon, and request nothing for a day.
 */
export function unconfirmedArchive(now: Instant): Decision {
  const reason = 'archive-not-confirmed'
  const cooldown = { until: now + dayMs, reason } as const
  return { transition: 'plan', reason, dueAt: now + unconfirmed.firstMs, looks: 1, cooldown }
}

/** Waits after a failed operation; after the last one a person is called. */
const failureCooldownMs = [hourMs, 6 * hourMs, dayMs]
const toleratedFailures = failureCooldownMs.length

/** No archive request for a while after an operation failed for the nth time. */
export function cooldownAfterFailure(failures: number, now: Instant): Cooldown {
  return { until: now + (failureCooldownMs[failures - 1] ?? dayMs), reason: 'operation-failed' }
}

/** How long an unexplained refusal is waited out before a person is called, without the margin. */
const refusalPatienceMs = 10 * dayMs

/** The pool is eligible, but an earlier archive request went wrong too recently. */
export function decisionInCooldown(
  record: ArchivalRecord,
  cooldown: Cooldown,
  policy: Policy,
  now: Instant,
): Decision {
  const { reason, until } = cooldown
  const found = { reason, detail: record.reason === reason ? record.detail : null }
  if (isPatienceOver(record, policy, now)) {
    return { ...found, transition: 'call-operator', dueAt: now + attentionLookMs }
  }
  if (reason !== 'archive-not-confirmed') {
    return { ...found, transition: 'plan', dueAt: until, looks: 1 }
  }
  const look = nextLook(record, reason, unconfirmed, now)
  return { ...found, transition: 'plan', ...look, dueAt: Math.min(look.dueAt, until) }
}

function isPatienceOver(record: ArchivalRecord, policy: Policy, now: Instant): boolean {
  const { failures, refusedSince } = record
  if (failures > toleratedFailures) return true
  return refusedSince !== null && now > refusedSince + refusalPatienceMs + policy.safetyMarginMs
}

/** The operations of a record with one more, or with news of one that is known. */
export function withOperation(
  operations: readonly FollowedOperation[],
  operation: Operation,
  now: Instant,
): readonly FollowedOperation[] {
  const known = operations.find(({ id }) => id === operation.id)
  if (!known) return [...operations, { ...operation, knownAt: now, looks: 0 }]
  const followed = { ...operation, knownAt: known.knownAt, looks: known.looks + 1 }
  return operations.map((other) => (other === known ? followed : other))
}

/** Follow an operation: to its end at once if it has ended already. */
export function acceptance(record: ArchivalRecord, operation: Operation, now: Instant): Decision {
  return {
    transition: 'accept',
    reason: 'operation-running',
    dueAt: now + followUpDelayMs(0),
    attempt: null,
    following: operation.id,
    operations: withOperation(record.operations, operation, now),
    lastError: null,
    refusedSince: null,
    lookAgain: hasEnded(operation),
  }
}
