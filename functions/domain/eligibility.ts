import type { Backoff } from './backoff.ts'
import { dayMs, hourMs, minuteMs, secondMs, type Instant } from './instant.ts'
import { graceMs, hasKeepMarker, inScope, isHeld, type PoolPolicy } from './policy.ts'
import type { AssignmentFact, Assignments, Pool } from './pool.ts'
import type { ReasonCode } from './reasons.ts'
import type { Outcome, Question, Verdict } from './verdict.ts'
import {
  appealWindowStart,
  closedAt,
  fullWindowMs,
  isReviewOverdue,
  longestAssignmentMs,
  waitADay,
  waitForAppeals,
  waitFromClose,
  waitLonger,
} from './waits.ts'

/** Toloka reopens a pool that was closed for an update after 15 minutes; it gets as long again. */
const updateWindowMs = 30 * minuteMs

/** The shortest wait for work that should have ended by now. */
const pendingWaitMs = 15 * minuteMs

const fromQuarterHour: Backoff = { firstMs: pendingWaitMs, maxMs: dayMs }
const fromHour: Backoff = { firstMs: hourMs, maxMs: dayMs }

/**
 * Toloka's clock is known to the second, and its dates may be cut to it as well: a close may seem
 * to lie ahead by less than that, and may be later than it is shown by less than that.
 */
const clockGrainMs = secondMs

const keep: Outcome = { action: 'hold', until: null }

interface Facts {
  readonly pool: Pool
  readonly assignments: Assignments
  readonly policy: PoolPolicy
  readonly now: Instant
}

/** One line of the rule: its name, what must have been read for it, and what it says. */
export interface Row {
  readonly reason: ReasonCode
  readonly needs: 'pool' | AssignmentFact
  /** False: this line does not apply, the next one is asked. */
  readonly judge: (facts: Facts) => Outcome | false
}

/** The whole rule, from top to bottom: the first line that applies is the verdict. */
export const rule: readonly Row[] = [
  {
    reason: 'already-archived',
    needs: 'pool',
    judge: ({ pool }) => pool.status === 'ARCHIVED' && { action: 'finish' },
  },
  {
    reason: 'pool-open',
    needs: 'pool',
    judge: ({ pool }) => pool.status === 'OPEN' && { action: 'watch' },
  },
  {
    reason: 'pool-locked',
    needs: 'pool',
    judge: ({ pool, now }) => pool.status === 'LOCKED' && waitLonger(fromQuarterHour, now),
  },
  {
    reason: 'unknown-status',
    needs: 'pool',
    judge: ({ pool, now }) => pool.status !== 'CLOSED' && waitLonger(fromQuarterHour, now),
  },
  {
    reason: 'held-by-operator',
    needs: 'pool',
    judge: ({ policy: { hold }, now }) =>
      isHeld(hold, now) && {
        action: 'hold',
        until: hold.until === 'for-ever' ? null : hold.until,
      },
  },
  {
    reason: 'keep-marker',
    needs: 'pool',
    judge: ({ pool, policy }) => hasKeepMarker(policy, pool) && keep,
  },
  {
    reason: 'project-out-of-scope',
    needs: 'pool',
    judge: ({ pool, policy }) => !inScope(policy, pool) && keep,
  },
  {
    reason: 'never-started',
    needs: 'pool',
    judge: ({ pool }) => pool.lastStartedAt === null && keep,
  },
  {
    reason: 'training',
    needs: 'pool',
    judge: ({ pool }) => pool.training && keep,
  },
  {
    reason: 'close-time-unknown',
    needs: 'pool',
    judge: ({ pool, now }) => closedAt(pool) === null && waitADay(now, true),
  },
  {
    reason: 'closed-for-update',
    needs: 'pool',
    judge: ({ pool, now }) =>
      pool.lastCloseReason === 'FOR_UPDATE' &&
      (waitFromClose(pool, updateWindowMs, now) || waitLonger(fromHour, now)),
  },
  {
    reason: 'close-reason-excluded',
    needs: 'pool',
    judge: ({ pool, policy }) => graceMs(policy, pool.lastCloseReason) === null && keep,
  },
  {
    reason: 'grace-period',
    needs: 'pool',
    judge: ({ pool, policy, now }) => {
      const grace = graceMs(policy, pool.lastCloseReason) ?? 0
      return waitFromClose(pool, grace, now, grace === 0 ? clockGrainMs : 0)
    },
  },
  {
    reason: 'exam-window',
    needs: 'pool',
    judge: ({ pool, policy, now }) =>
      pool.decidesAutomatically && waitFromClose(pool, fullWindowMs(policy) + clockGrainMs, now),
  },
  {
    reason: 'assignments-active',
    needs: 'pending-work',
    judge: ({ pool, assignments, now }) =>
      pendingStatus(pool, assignments) === 'ACTIVE' &&
      (waitFromClose(pool, longestAssignmentMs(pool), now, pendingWaitMs) ||
        waitLonger(fromQuarterHour, now)),
  },
  {
    reason: 'review-pending',
    needs: 'pending-work',
    judge: ({ pool, assignments, now }) =>
      pendingStatus(pool, assignments) === 'SUBMITTED' && waitADay(now, isReviewOverdue(pool, now)),
  },
  {
    reason: 'unexpected-answer',
    needs: 'pending-work',
    judge: ({ assignments, now }) => assignments.pendingWork !== null && waitADay(now, true),
  },
  {
    reason: 'appeal-window',
    needs: 'rejections',
    judge: ({ pool, assignments, policy, now }) => waitForAppeals(pool, assignments, policy, now),
  },
  {
    reason: 'unexpected-answer',
    needs: 'rejections',
    judge: ({ assignments, now }) => assignments.rejections?.found !== null && waitADay(now, true),
  },
  {
    reason: 'eligible',
    needs: 'rejections',
    judge: () => ({ action: 'archive' }),
  },
]

/**
 * May this pool be archived now?
 *
 * Pure: the answer depends on nothing but the arguments. `now` is the earlier of our clock and
 * Toloka's. Asks for the assignments only when the pool alone does not settle it, and for pending
 * work before rejections: the other way round misses an answer that is rejected in between.
 */
export function eligibility(
  pool: Pool,
  assignments: Assignments,
  policy: PoolPolicy,
  now: Instant,
): Verdict | Question {
  const facts = { pool, assignments, policy, now }
  for (const { reason, needs, judge } of rule) {
    if (policy.passedOver.includes(reason)) continue
    if (needs !== 'pool' && !isRead(facts, needs)) return { action: 'read', fact: needs }
    const outcome = judge(facts)
    if (outcome) return { ...outcome, reason }
  }
  throw new Error('The last line of the rule applies to everything.')
}

/** Rejections count as read only if they were asked for as far back as it takes now. */
function isRead({ assignments, policy, now }: Facts, fact: AssignmentFact): boolean {
  if (fact === 'pending-work') return assignments.pendingWork !== undefined
  const { rejections } = assignments
  return rejections !== undefined && rejections.since <= appealWindowStart(policy, now)
}

/** Null also for an answer that does not fit the question. */
function pendingStatus(pool: Pool, { pendingWork }: Assignments): string | null {
  return pendingWork?.poolId === pool.id ? pendingWork.status : null
}
