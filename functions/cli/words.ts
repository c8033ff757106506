import { dayMs, hourMs, minuteMs, toIso, type Instant } from '../domain/instant.ts'

/** To the minute, UTC, as `2026-04-19 17:07`; a dash for nothing. */
export function minute(instant: Instant | null): string {
  return instant === null ? '–' : toIso(instant).slice(0, 16).replace('T', ' ')
}

const unitNames = [
  [dayMs, 'day'],
  [hourMs, 'hour'],
  [minuteMs, 'minute'],
] as const

/** How far away an instant is, such as `in 3 days` or `2 hours ago`, rounded down. */
function distance(instant: Instant, now: Instant): string {
  const lengthMs = Math.abs(instant - now)
  const [unitMs, unit] = unitNames.find(([ms]) => lengthMs >= ms) ?? [minuteMs, 'minute']
  const units = Math.floor(lengthMs / unitMs)
  if (units === 0) return 'now'
  const length = count(units, unit)
  return instant > now ? `in ${length}` : `${length} ago`
}

/** Both: `2026-04-19 17:07 UTC, in 3 days`; a dash for nothing. */
export function when(instant: Instant | null, now: Instant): string {
  return instant === null ? '–' : `${minute(instant)} UTC, ${distance(instant, now)}`
}

/** `1 pool`, `2 pools`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}
