import { Refusal } from './refusal.ts'
import type { World } from './world.ts'

export const intervalSeconds = { MIN: 60, HOUR: 3600, DAY: 86_400 }

const creationsPer = { MIN: 20, DAY: 100 }

/** A 429 as this personality says it. */
export function tooMany(
  world: World,
  interval: 'MIN' | 'HOUR' | 'DAY' | undefined,
  seconds: number,
): Refusal {
  const { retryAfter, quotaInterval } = world.personality
  const isShown = quotaInterval === 'in-payload' && interval !== undefined
  const date = new Date(world.at + seconds * 1000).toUTCString()
  const value = retryAfter === 'seconds' ? String(seconds) : date
  return new Refusal(
    429,
    'TOO_MANY_REQUESTS',
    'Too many requests',
    isShown ? { interval } : undefined,
    retryAfter === 'absent' ? {} : { 'Retry-After': value },
  )
}

/**
 * Counts something that is created through the API. Toloka's limits, for projects, pools and
 * trainings each: 20 a minute and 100 a day.
 */
export function countCreation(world: World, kind: string): void {
  const dayMs = 24 * 3_600_000
  const recent = (world.creations.get(kind) ?? []).filter((at) => at > world.at - dayMs)
  for (const interval of ['MIN', 'DAY'] as const) {
    const spanMs = intervalSeconds[interval] * 1000
    const within = recent.filter((at) => at > world.at - spanMs)
    const [first] = within
    if (first === undefined || within.length < creationsPer[interval]) continue
    throw tooMany(world, interval, Math.ceil((first + spanMs - world.at) / 1000))
  }
  world.creations.set(kind, [...recent, world.at])
}
