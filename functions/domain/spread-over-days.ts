import { dayMs, type Instant } from './instant.ts'

/**
 * Gives each archive request its time while a day (UTC) takes no more than `limit`: what is over
 * has to wait for the next day with room, and is spread over it.
 *
 * @param usedToday requests that today's limit has seen already
 * @returns takes the time at which a request could go, and gives that at which it goes
 */
export function spreadOverDays(
  limit: number,
  usedToday: number,
  now: Instant,
): (wishedAt: Instant) => Instant {
  const used = new Map([[dayOf(now), usedToday]])
  /** Where a search that began at a day ended: the days between are full. */
  const ends = new Map<number, number>()

  return (wishedAt) => {
    const wished = dayOf(wishedAt)
    let day = ends.get(wished) ?? wished
    while ((used.get(day) ?? 0) >= limit) day += 1
    ends.set(wished, day)
    const place = used.get(day) ?? 0
    used.set(day, place + 1)
    return day === wished ? wishedAt : day * dayMs + Math.floor((place * dayMs) / limit)
  }
}

/** Days since the epoch. */
function dayOf(instant: Instant): number {
  return Math.floor(instant / dayMs)
}
