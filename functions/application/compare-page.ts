import { fingerprint, type Switches } from '../domain/fingerprint.ts'
import { applyDecision } from '../domain/apply-decision.ts'
import { newRecord, type Decision } from '../domain/record.ts'
import type { Dependencies } from './dependencies.ts'
import { oneOfMany } from './one-of-many.ts'
import type { PoolPage } from './ports.ts'

export interface Differences {
  /** Pools that were not known. */
  readonly discovered: number
  /** Parked pools that are no longer what the decision rested on. */
  readonly changed: number
}

/**
 * Compares a page of closed pools with the records, and makes those due that have to be looked at:
 * unknown pools get their record here, known ones with a plan cost nothing.
 */
export async function comparePage(
  dependencies: Dependencies,
  { pools, unreadable }: PoolPage,
  switches: Switches,
): Promise<Differences> {
  const { store, settings, journal } = dependencies
  const ids = [...pools.map(({ id }) => id), ...unreadable.map(({ poolId }) => poolId)]
  const known = await store.getFingerprints(ids.filter((id) => id !== null))
  let discovered = 0
  let changed = 0
  for (const pool of pools) {
    const seen = known.get(pool.id)
    if (seen === undefined) {
      discovered += await makeDue(dependencies, pool.id, seen)
    } else if (seen !== null) {
      const isAsBefore = [null, switches].some(
        (by) => fingerprint(pool, settings.policy, by) === seen,
      )
      if (isAsBefore) continue
      changed += await makeDue(dependencies, pool.id, seen)
    }
  }
  for (const { poolId, problem } of unreadable) {
    journal.write('POOL_UNREADABLE', { poolId, problem })
    if (poolId === null || known.has(poolId)) continue
    discovered += await makeDue(dependencies, poolId, undefined) // Its own look tells more.
  }
  return { discovered, changed }
}

/**
 * Makes a record due that still is as it was seen; undefined is a pool of which there was none.
 *
 * @returns 0 if it was left alone, because it is no longer as it was seen or cannot be read; else 1
 */
async function makeDue(
  dependencies: Dependencies,
  poolId: string,
  seen: string | undefined,
): Promise<0 | 1> {
  const { store, clock, journal } = dependencies
  const made = await oneOfMany(dependencies, poolId, async () => {
    const stored = await store.get(poolId)
    if (stored?.fingerprint !== seen) return 0
    const now = clock.now()
    const record = stored ?? newRecord(poolId, now)
    const { version, reason, detail } = record
    const decision: Decision =
      stored === null
        ? { transition: 'discover', reason: 'discovered', dueAt: now }
        : { transition: 'postpone', reason, detail, dueAt: now }
    await store.put(applyDecision(record, decision, now), version)
    journal.write(stored === null ? 'POOL_DISCOVER' : 'POOL_CHANGED', { poolId })
    return 1
  })
  return made ?? 0
}
