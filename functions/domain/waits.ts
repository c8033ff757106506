import type { Backoff } from './backoff.ts'
import { dayMs, minuteMs, secondMs, type Instant } from './instant.ts'
import type { Policy } from './policy.ts'
import type { Assignments, Pool } from './pool.ts'
import type { Wait } from './verdict.ts'

/**
 * Toloka lets workers appeal against a rejection, and refuses to archive a pool until nine days
 * after the last one. Elapsed days of 24 hours; the margin of the policy comes on top.
 */
export const appealWindowMs = 9 * dayMs

const daily: Backoff = { firstMs: dayMs, maxMs: dayMs }

/** Anything rejected at this instant or later still keeps a pool out of the archive. */
export function appealWindowStart(policy: Policy, now: Instant): Instant {
  return now - fullWindowMs(policy)
}

/** Nine days and the margin, which can only make it longer. */
export function fullWindowMs({ safetyMarginMs }: Policy): number {
  return appealWindowMs + Math.max(0, safetyMarginMs)
}

/** Null if Toloka does not say it, or says that the pool was started again since. */
export function closedAt({ lastStartedAt, lastStoppedAt }: Pool): Instant | null {
  if (lastStoppedAt === null || !Number.isFinite(lastStoppedAt)) return null
  return lastStartedAt !== null && lastStoppedAt < lastStartedAt ? null : lastStoppedAt
}

/**
 * A wait to `afterMs` after the close, unless that is less than `atLeastMs` from now. A pool of
 * which nobody knows when it was closed waits from day to day.
 */
export function waitFromClose(
  pool: Pool,
  afterMs: number,
  now: Instant,
  atLeastMs = 0,
): Wait | false {
  if (pool.lastStoppedAt === null) return waitADay(now, true)
  const until = pool.lastStoppedAt + afterMs
  return until > now + atLeastMs && { action: 'wait', until, backoff: null, warning: false }
}

/** Work, or Toloka, needs longer than one can know; each time we wait longer. */
export function waitLonger(backoff: Backoff, now: Instant): Wait {
  return { action: 'wait', until: now + backoff.firstMs, backoff, warning: false }
}

/** @param warning a person should hear of it */
export function waitADay(now: Instant, warning: boolean): Wait {
  return { action: 'wait', until: now + dayMs, backoff: daily, warning }
}

/** More would be a mistake of Toloka's, and no date at some point. */
const longestDurationMs = 3_650 * dayMs

/** How long an assignment can stay ACTIVE, in milliseconds; 0 if Toloka does not say. */
export function longestAssignmentMs(pool: Pool): number {
  return Math.min((pool.assignmentMaxDurationSeconds ?? 0) * secondMs, longestDurationMs)
}

/** By now Toloka should have accepted by itself whatever nobody reviewed. */
export function isReviewOverdue(pool: Pool, now: Instant): boolean {
  const reviewMs = (pool.autoAcceptPeriodDays ?? 0) * dayMs
  return now > (pool.lastStoppedAt ?? now) + longestAssignmentMs(pool) + reviewMs + dayMs
}

/**
 * Any fitting answer means waiting, even one whose window ends this very moment: whether Toloka
 * really sent the newest rejection is not certain, that it found none at all is.
 */
export function waitForAppeals(
  pool: Pool,
  { rejections }: Assignments,
  policy: Policy,
  now: Instant,
): Wait | false {
  const found = rejections?.found
  if (!found || found.poolId !== pool.id || found.rejectedAt === null) return false
  if (found.rejectedAt < rejections.since) return false
  const windowEndsAt = found.rejectedAt + fullWindowMs(policy)
  return {
    action: 'wait',
    until: Math.max(windowEndsAt + 1, now + minuteMs), // At its end it would be found once more.
    backoff: null,
    warning: false,
  }
}
