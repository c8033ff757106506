import { toIso, type Instant } from '../../functions/domain/instant.ts'

/** A minute in UTC, such as `2026-01-05 10:10`. */
export function minute(instant: Instant): string {
  return toIso(instant).slice(0, 16).replace('T', ' ')
}
