import { dayMs, hourMs, minuteMs, secondMs } from '../domain/instant.ts'

const unitMs: Readonly<Record<string, number>> = {
  s: secondMs,
  m: minuteMs,
  h: hourMs,
  d: dayMs,
}

/** Ten years: whatever is longer is a mistake, and would not fit a date some day. */
const longestMs = 3_650 * dayMs

/** How durations are written, for people. */
export const durationExamples = 'such as 30s, 90m, 36h or 2d'

/**
 * Milliseconds out of `0`, or a whole number with one unit: `30s`, `90m`, `36h`, `2d`. Null if the
 * text is anything else, or longer than ten years.
 */
export function parseDuration(text: string): number | null {
  if (text === '0') return 0
  const [, count, unit] = /^(\d+)([smhd])$/.exec(text) ?? []
  if (count === undefined || unit === undefined) return null
  const durationMs = Number(count) * (unitMs[unit] ?? Number.NaN)
  return durationMs <= longestMs ? durationMs : null
}
