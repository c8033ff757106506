import type { Instant } from '../domain/instant.ts'
import type { Clock } from './ports.ts'

/** Throws once it is too late to begin anything more. */
export function checkTimeLeft(clock: Clock, until: Instant): void {
  if (clock.now() >= until) throw new Error('There was not enough time.')
}
