import { toIso } from '../domain/instant.ts'
import type { Despite, Override } from '../domain/override.ts'
import type { Hold } from '../domain/policy.ts'

export interface HoldView {
  readonly by: string
  readonly reason: string
  readonly since: string
  /** An instant, or `for-ever`. */
  readonly until: string
}

export interface OverrideView {
  readonly by: string
  readonly since: string
  readonly despite: Despite | null
}

export function viewHold({ by, reason, since, until }: Hold): HoldView {
  return { by, reason, since: toIso(since), until: until === 'for-ever' ? until : toIso(until) }
}

export function viewOverride({ by, since, despite }: Override): OverrideView {
  return { by, since: toIso(since), despite }
}
