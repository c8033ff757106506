import { graceMs, hasKeepMarker, inScope, type PoolPolicy } from './policy.ts'
import type { Pool } from './pool.ts'

/** Switches of the whole archiver that can keep an eligible pool waiting. */
export interface Switches {
  readonly observing: boolean
  readonly paused: boolean
}

/**
 * All that a parked decision rests on, as one comparable text: the fields of the pool that the rule
 * reads, what the policy says of them, and, if a switch made the decision, the switches. While it
 * stays the same, looking again would say the same.
 */
export function fingerprint(pool: Pool, policy: PoolPolicy, switches: Switches | null): string {
  return JSON.stringify([
    pool.status,
    pool.lastCloseReason,
    pool.lastStartedAt,
    pool.lastStoppedAt,
    pool.training,
    pool.assignmentMaxDurationSeconds,
    pool.autoAcceptPeriodDays,
    pool.decidesAutomatically,
    hasKeepMarker(policy, pool),
    inScope(policy, pool),
    graceMs(policy, pool.lastCloseReason),
    policy.safetyMarginMs,
    policy.hold,
    switches,
  ])
}
