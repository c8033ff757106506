import { toIso, type Instant } from '../../domain/instant.ts'

/** What Toloka writes: UTC, mostly without saying so, with 0–6 fractional digits (9 are read). */
const tolokaDate = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?Z?)?$/
/** The form of a `Date` header that HTTP asks for; the obsolete ones are not read. */
const httpDate = /^[A-Z][a-z]{2}, (\d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2}) GMT$/

/**
 * The instant of a date of Toloka: the only place where one becomes the other. Digits below the
 * millisecond round up: dates say from when to wait, so late is cheap and early is never. Null if
 * it is no such date; one with a zone other than `Z` is not.
 */
export function parseTolokaDate(text: string): Instant | null {
  const [, day, time = '00:00:00', fraction = ''] = tolokaDate.exec(text) ?? []
  const wholeSeconds = `${day}T${time}.000Z`
  const instant = Date.parse(wholeSeconds)
  // Date.parse takes 30 February for 2 March.
  if (Number.isNaN(instant) || toIso(instant) !== wholeSeconds) return null
  return instant + Math.ceil(Number(fraction.padEnd(9, '0')) / 1_000_000)
}

/** As Toloka reads dates in queries: UTC, with milliseconds, without a zone. */
export function formatTolokaDate(instant: Instant): string {
  return toIso(instant).slice(0, -1)
}

/** The instant of a date in an HTTP header; null if there is none, or it is not in that form. */
export function parseHttpDate(text: string | null): Instant | null {
  const [, date] = httpDate.exec(text ?? '') ?? []
  const instant = Date.parse(`${date} GMT`)
  return Number.isNaN(instant) ? null : instant
}
