import { describeDistance } from '../domain/distance.ts'
import { toIso, type Instant } from '../domain/instant.ts'

/** To the minute, UTC, as `2026-04-19 17:07`; a dash for nothing. */
export function minute(instant: Instant | null): string {
  return instant === null ? '–' : toIso(instant).slice(0, 16).replace('T', ' ')
}

/** Both: `2026-04-19 17:07 UTC, in 3 days`; a dash for nothing. */
export function when(instant: Instant | null, now: Instant): string {
  return instant === null ? '–' : `${minute(instant)} UTC, ${describeDistance(instant, now)}`
}

/** `1 pool`, `2 pools`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}
