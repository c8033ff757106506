import type { Instant } from './instant.ts'
import type { Pool } from './pool.ts'
import type { ReasonCode } from './reasons.ts'

/** What the owner of the account wants. The nine days are not part of it: they are not a choice. */
export interface Policy {
  /** Close reason → grace, the milliseconds that must have passed since the close. */
  readonly graceMsByCloseReason: Readonly<Record<string, number>>
  /** Added to the nine days. */
  readonly safetyMarginMs: number
  /** Project ids in scope; null means all. */
  readonly projects: readonly string[] | null
  readonly excludedProjects: readonly string[]
  /** Text in a pool's private comment that keeps it out of the archive. */
  readonly keepMarker: string
}

/** An operator's word that a pool is not to be archived. */
export interface Hold {
  readonly by: string
  readonly reason: string
  readonly since: Instant
  readonly until: Instant | 'for-ever'
}

/** The policy together with what an operator said about this one pool. */
export interface PoolPolicy extends Policy {
  readonly hold: Hold | null
  /** Lines of the rule that do not count for this pool. */
  readonly passedOver: readonly ReasonCode[]
}

/** The grace in milliseconds for a close reason; null if pools closed so are not archived. */
export function graceMs(policy: Policy, closeReason: string | null): number | null {
  if (closeReason === null || !Object.hasOwn(policy.graceMsByCloseReason, closeReason)) return null
  return policy.graceMsByCloseReason[closeReason] ?? null
}

export function inScope(policy: Policy, pool: Pool): boolean {
  if (policy.excludedProjects.includes(pool.projectId)) return false
  return policy.projects === null || policy.projects.includes(pool.projectId)
}

/** Marked by its owner: the marker in the private comment, or metadata `archiver: ["keep"]`. */
export function hasKeepMarker(policy: Policy, pool: Pool): boolean {
  if (pool.privateComment?.includes(policy.keepMarker)) return true
  return (
    Object.hasOwn(pool.metadata, 'archiver') && pool.metadata['archiver']?.includes('keep') === true
  )
}

export function isHeld(hold: Hold | null, now: Instant): hold is Hold {
  return hold !== null && (hold.until === 'for-ever' || now < hold.until)
}
