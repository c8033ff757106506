import { eligibility } from '../../functions/domain/eligibility.ts'
import { appealWindowMs, appealWindowStart } from '../../functions/domain/waits.ts'
import { dayMs, hourMs } from '../../functions/domain/instant.ts'
import type { Instant } from '../../functions/domain/instant.ts'
import type { Hold, PoolPolicy } from '../../functions/domain/policy.ts'
import type { Assignment, Assignments, Pool } from '../../functions/domain/pool.ts'
import type { Question, Verdict } from '../../functions/domain/verdict.ts'

/** What the safety margin is unless a story says otherwise, in milliseconds. */
export const marginMs = hourMs

const closedAt = Date.parse('2026-03-25T10:00:00Z')
const rejectedAt = closedAt - hourMs / 2

/** The instants of the stories. Europe changes to summer time in the middle of the nine days. */
export const facts = {
  /** The pool was started: the day before it closed. */
  startedAt: closedAt - dayMs,
  /** The newest rejection of a pool that has one: half an hour before the close. */
  rejectedAt,
  /** All tasks were done, so the pool closed. */
  closedAt,
  /** Somebody looks: one hour after the close. */
  now: closedAt + hourMs,
  /** Nine days and the margin after the newest rejection. */
  appealWindowEndsAt: rejectedAt + appealWindowMs + marginMs,
  /** Nine days and the margin after the close. */
  examWindowEndsAt: closedAt + appealWindowMs + marginMs + 1_000,
} as const

/** A pool with nothing in the way: started, all tasks done, closed at `facts.closedAt`. */
export function finishedPool(change: Partial<Pool> = {}): Pool {
  return {
    id: '17',
    projectId: '5',
    privateName: 'Cats, March',
    privateComment: null,
    metadata: {},
    status: 'CLOSED',
    lastCloseReason: 'COMPLETED',
    lastStartedAt: facts.startedAt,
    lastStoppedAt: facts.closedAt,
    training: false,
    assignmentMaxDurationSeconds: 600,
    autoAcceptPeriodDays: 14,
    decidesAutomatically: false,
    ...change,
  }
}

/** The policy of somebody who configured nothing, and no operator's word. */
export function defaultPolicy(change: Partial<PoolPolicy> = {}): PoolPolicy {
  return {
    graceMsByCloseReason: { COMPLETED: 0, MANUAL: 7 * dayMs, EXPIRED: 7 * dayMs },
    safetyMarginMs: marginMs,
    projects: null,
    excludedProjects: [],
    keepMarker: '[keep]',
    hold: null,
    passedOver: [],
    ...change,
  }
}

export function holdUntil(until: Hold['until']): Hold {
  return { by: 'ada', reason: 'we may need it again', since: facts.closedAt, until }
}

/** An assignment of the finished pool that was rejected at `facts.rejectedAt`. */
export function rejectedAssignment(change: Partial<Assignment> = {}): Assignment {
  return {
    id: '0001--a',
    poolId: '17',
    status: 'REJECTED',
    rejectedAt: facts.rejectedAt,
    ...change,
  }
}

/** An assignment of the finished pool that somebody is working on. */
export function activeAssignment(change: Partial<Assignment> = {}): Assignment {
  return { id: '0002--b', poolId: '17', status: 'ACTIVE', rejectedAt: null, ...change }
}

/** All that the rule is asked with. */
export interface Case {
  readonly pool: Pool
  readonly assignments: Assignments
  readonly policy: PoolPolicy
  readonly now: Instant
}

/** What the rule is told when both questions were asked at `now` and nothing was found. */
function nothingFound(policy: PoolPolicy, now: Instant): Assignments {
  return { pendingWork: null, ...rejectionFound(null, policy, now) }
}

/** What the rule is told when the question about rejections, asked at `now`, was so answered. */
export function rejectionFound(
  found: Assignment | null,
  policy: PoolPolicy,
  now: Instant,
): Pick<Assignments, 'rejections'> {
  return { rejections: { since: appealWindowStart(policy, now), found } }
}

/** The finished pool one hour after its close, with everything read and nothing found. */
export function eligibleCase(change: Partial<Case> = {}): Case {
  const { pool = finishedPool(), policy = defaultPolicy(), now = facts.now } = change
  return { pool, policy, now, assignments: change.assignments ?? nothingFound(policy, now) }
}

export function judge(change: Partial<Case> = {}): Verdict | Question {
  const { pool, assignments, policy, now } = eligibleCase(change)
  return eligibility(pool, assignments, policy, now)
}
