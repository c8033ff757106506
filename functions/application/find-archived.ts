import type { Instant } from '../domain/instant.ts'
import { isPoolId } from '../domain/pool.ts'
import { checkTimeLeft } from './check-time-left.ts'
import { oneOfMany } from './one-of-many.ts'
import type { AllForSubscriptions } from './subscription-dependencies.ts'
import { isAboutOne } from './toloka-error.ts'

/**
 * Which of some pools that are not open are archived. The records know it of nearly all of them:
 * after a sweep every closed pool has one. Toloka is asked about the others, one by one, which
 * happens to each but once if it is archived.
 *
 * @param until when to begin nothing more
 * @throws TolokaError, and an Error when there is no time left
 */
export async function findArchived(
  dependencies: AllForSubscriptions,
  poolIds: readonly string[],
  until: Instant = Infinity,
): Promise<ReadonlySet<string>> {
  const archived = new Set<string>()
  for (const poolId of poolIds) {
    checkTimeLeft(dependencies.clock, until)
    if (isPoolId(poolId) && (await isArchived(dependencies, poolId))) archived.add(poolId)
  }
  return archived
}

/** By the record if there is one: if it is behind, it soon looks by itself. */
async function isArchived(dependencies: AllForSubscriptions, poolId: string): Promise<boolean> {
  const { store, toloka, journal } = dependencies
  const record = await oneOfMany(dependencies, poolId, () => store.get(poolId))
  if (record !== null) return record.state === 'archived'
  try {
    return (await toloka.readPool(poolId)).value.status === 'ARCHIVED'
  } catch (error) {
    if (!isAboutOne(error)) throw error
    journal.write('TOLOKA_TROUBLE', { poolId, problem: error.message, class: error.answerClass })
    return false
  }
}
