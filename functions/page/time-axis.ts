import { dayMs, type Instant } from '../domain/instant.ts'

/** A stretch of time on which pools are drawn, with now on it. */
export interface TimeAxis {
  readonly from: Instant
  readonly to: Instant
  readonly now: Instant
}

/** Further away nothing is drawn: what is near would get too small. */
const reachMs = 21 * dayMs
/** So much is always seen, before and after now. */
const leastMs = 2 * dayMs
/** At both ends, as a share of the whole. */
const margin = 0.03
const mostTicks = 6
const stepDays = [1, 2, 3, 7, 14]

/** An axis that shows all of these instants, as far as they are near enough. */
export function axisAround(instants: readonly Instant[], now: Instant): TimeAxis {
  const near = instants.filter((instant) => Math.abs(instant - now) <= reachMs)
  const isFar = (sign: number): boolean =>
    instants.some((instant) => (instant - now) * sign > reachMs)
  const from = isFar(-1) ? now - reachMs : Math.min(...near, now - leastMs)
  const to = isFar(1) ? now + reachMs : Math.max(...near, now + leastMs)
  const spareMs = (to - from) * margin
  return { from: from - spareMs, to: to + spareMs, now }
}

/** Where an instant lies, in percent of the width; what lies outside is at the edge. */
export function placeOn({ from, to }: TimeAxis, instant: Instant): number {
  const percent = ((instant - from) / (to - from)) * 100
  return Math.round(Math.min(Math.max(percent, 0), 100) * 100) / 100
}

export function isOn({ from, to }: TimeAxis, instant: Instant): boolean {
  return instant >= from && instant <= to
}

/** Midnights (UTC) with their dates, such as `5 Jan`; not too many. */
export function ticksOf({ from, to }: TimeAxis): readonly { at: Instant; label: string }[] {
  const days = (to - from) / dayMs
  const stepMs = (stepDays.find((step) => days / step <= mostTicks) ?? 28) * dayMs
  const first = Math.ceil(from / stepMs) * stepMs
  const count = Math.max(0, Math.floor((to - first) / stepMs) + 1)
  return Array.from({ length: count }, (_, index) => {
    const at = first + index * stepMs
    return { at, label: dayFormat.format(at) }
  })
}

const dayFormat = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  timeZone: 'UTC',
})
