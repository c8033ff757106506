import { minuteMs, secondMs, type Instant } from '../domain/instant.ts'
import type { Dependencies } from './dependencies.ts'
import { oneOfMany } from './one-of-many.ts'
import { announceAll } from './perform.ts'
import type { DueKey } from './ports.ts'

/** Requests to Toloka that a look costs at the most when all goes well. */
const requestsPerLook = 5
/** A record that is due for less than this is on its way, not forgotten. */
const repairAfterMs = 5 * minuteMs
/** What is not announced for less than this is being announced: Slack may take its time. */
const announcingMs = 30 * secondMs
/** How many pools with announcements that got stuck are served at once. */
const announcementBatch = 1_000

export interface Woken {
  readonly woken: number
  /** Records among them that something should have woken before. */
  readonly repaired: number
  /** For how long a record has been due at the most, but for those that were only discovered. */
  readonly oldestOverdueSeconds: number
}

/**
 * Wakes what is overdue, the longest overdue first, and no more than the rate towards Toloka
 * allows before the next sweep, nor after `until`.
 */
export async function wakeOverdue(
  { store, wakeUps, clock, settings }: Dependencies,
  until: Instant,
): Promise<Woken> {
  const { maxRequestsPerSecond, sweepIntervalMs } = settings
  const requests = (maxRequestsPerSecond * sweepIntervalMs) / secondMs
  const limit = Math.max(1, Math.floor(requests / requestsPerLook))
  const now = clock.now()
  const overdue = await store.overdue(now, limit)
  let woken = 0
  for (const { poolId, dueAt } of overdue) {
    if (clock.now() >= until) break
    await wakeUps.request({ version: 1, poolId, cause: 'timer', dueAt })
    woken += 1
  }
  const repaired = overdue.slice(0, woken).filter((key) => isForgotten(key, now)).length
  const oldest = overdue.find(({ reason }) => reason !== 'discovered')
  const oldestOverdueSeconds = Math.round((now - (oldest?.dueAt ?? now)) / secondMs)
  return { woken, repaired, oldestOverdueSeconds }
}

/** A pool that was only just discovered waits for its turn by the rate; it did not get lost. */
function isForgotten({ reason, dueAt }: DueKey, now: Instant): boolean {
  return reason !== 'discovered' && dueAt < now - repairAfterMs
}

/** Sends what a crash left unsent. */
export async function sendStuckAnnouncements(dependencies: Dependencies): Promise<void> {
  const { clock, store } = dependencies
  const stuckSince = clock.now() - announcingMs
  for (const poolId of await store.unannounced(announcementBatch)) {
    await oneOfMany(dependencies, poolId, async () => {
      const record = await store.get(poolId)
      if (record?.outbox.every(({ at }) => at <= stuckSince)) {
        await announceAll(dependencies, record)
      }
    })
  }
}
