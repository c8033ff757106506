import { graceMs, hasKeepMarker, inScope, type Policy } from './policy.ts'
import type { Pool } from './pool.ts'

/** Switches of the whole archiver that can keep an eligible pool waiting. */
export interface Switches {
  readonly observing: boolean
  readonly paused: boolean
}

/**
 * All that a parked decision rests on, as one comparable text: the fields of the pool that the rule
 * reads, what the policy says of them, and, if a switch made the decision, the switches. While it
 * stays the same, looking again would say the same. An operator's hold is not part of it: whoever
 * holds or releases a pool wakes it.
 */
export function fingerprint(pool: Pool, policy: Policy, switches: Switches | null): string {
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
    switches,
  ])
}
