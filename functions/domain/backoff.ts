import type { Instant } from './instant.ts'

/** Waits that get longer: `firstMs`, doubling up to `maxMs`. */
export interface Backoff {
  readonly firstMs: number
  readonly maxMs: number
}

/** The wait in milliseconds after `looks` earlier ones for the same reason. */
export function backoffMs(backoff: Backoff, looks: number): number {
  return Math.min(backoff.firstMs * 2 ** looks, backoff.maxMs)
}

export interface NextLook {
  readonly dueAt: Instant
  readonly looks: number
  /** The wait has grown to its longest: it is time that a person hears of it. */
  readonly warning: boolean
}

/** When to look again if the same reason already made us wait before. */
export function nextLook<Reason extends string>(
  before: { readonly reason: Reason; readonly looks: number },
  reason: Reason,
  backoff: Backoff,
  now: Instant,
): NextLook {
  const looks = before.reason === reason ? before.looks : 0
  const waitMs = backoffMs(backoff, looks)
  const isLongest = waitMs === backoff.maxMs && waitMs > backoff.firstMs
  return { dueAt: now + waitMs, looks: looks + 1, warning: isLongest }
}
