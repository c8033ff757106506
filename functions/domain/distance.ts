import { dayMs, hourMs, minuteMs, type Instant } from './instant.ts'

const units = [
  [dayMs, 'day'],
  [hourMs, 'hour'],
  [minuteMs, 'minute'],
] as const

/** How far away an instant is, such as `in 3 days` or `2 hours ago`, rounded down. */
export function describeDistance(instant: Instant, now: Instant): string {
  const lengthMs = Math.abs(instant - now)
  const [unitMs, unit] = units.find(([ms]) => lengthMs >= ms) ?? [minuteMs, 'minute']
  const count = Math.floor(lengthMs / unitMs)
  if (count === 0) return 'now'
  const length = `${count} ${unit}${count === 1 ? '' : 's'}`
  return instant > now ? `in ${length}` : `${length} ago`
}
