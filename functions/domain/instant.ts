/** A point in time: milliseconds since the Unix epoch, UTC. */
export type Instant = number

export const secondMs = 1_000
export const minuteMs = 60 * secondMs
export const hourMs = 60 * minuteMs
export const dayMs = 24 * hourMs

/** The first whole minute that is not before `instant`: late is cheap, early is never. */
export function roundUpToMinute(instant: Instant): Instant {
  return Math.ceil(instant / minuteMs) * minuteMs
}

/** ISO 8601 in UTC with milliseconds and `Z`. */
export function toIso(instant: Instant): string {
  return new Date(instant).toISOString()
}
