import type { Instant } from '../domain/instant.ts'
import { policyFor } from '../domain/override.ts'
import { planByRecord, planByRule, type PlannedPool } from '../domain/plan-pool.ts'
import type { Pool } from '../domain/pool.ts'
import { spreadOverDays } from '../domain/spread-over-days.ts'
import { readOwner } from './access.ts'
import { requestsToday } from './account.ts'
import type { AccountState } from './account-state.ts'
import type { Dependencies } from './dependencies.ts'
import type { Toloka, UnreadablePool } from './ports.ts'
import { lookAt } from './read-look.ts'
import { UnreadableRecordError } from './stored-record.ts'
import { TolokaError } from './toloka-error.ts'

/** What would become of all closed pools of an account. */
export interface Plan {
  readonly madeAt: Instant
  readonly origin: string
  readonly requesterId: string
  /** Nothing is archived, by ARCHIVE_MODE; the plan says what would be. */
  readonly observing: boolean
  readonly paused: AccountState['paused']
  /**
   * Each closed pool once, in Toloka's order. Throws a TolokaError where that is not known: what
   * came before is then part of a plan, and not the whole.
   */
  readonly pools: AsyncIterable<PlannedPool>
}

/**
 * Plans the archiving of a whole account: by the pools as Toloka lists them, by what the records
 * know, and by two more requests for each pool that the rule would ask about. Changes nothing, and
 * holds one page of pools at a time.
 *
 * @throws WrongAccountError, TolokaError
 */
export async function planAccount(dependencies: Dependencies): Promise<Plan> {
  const { account, clock, settings } = dependencies
  const requesterId = await readOwner(dependencies)
  const { paused } = await account.read()
  const { origin, observing } = settings
  const pools = planPools(dependencies)
  return { madeAt: clock.now(), origin, requesterId, observing, paused, pools }
}

/** How many closed pools there are: a request for each 300. */
export async function countClosedPools(toloka: Toloka): Promise<number> {
  let total = 0
  let after: string | null = null
  do {
    const { pools, unreadable, next } = await toloka.listPools('CLOSED', after)
    total += pools.length + unreadable.length
    after = next
  } while (after !== null)
  return total
}

async function* planPools(dependencies: Dependencies): AsyncGenerator<PlannedPool> {
  const { account, clock, settings, toloka } = dependencies
  const limit = settings.observing ? Infinity : settings.maxArchivesPerDay
  const used = requestsToday(await account.read(), clock.now())
  const spread = spreadOverDays(limit, used, clock.now())
  let after: string | null = null
  do {
    const page = await toloka.listPools('CLOSED', after)
    for (const pool of page.pools) yield withinLimit(await planPool(dependencies, pool), spread)
    yield* page.unreadable.map(asUnreadable)
    after = page.next
  } while (after !== null)
}

function withinLimit(planned: PlannedPool, spread: (at: Instant) => Instant): PlannedPool {
  if (planned.outcome !== 'archive' || planned.at === null) return planned
  const at = spread(planned.at)
  return at === planned.at ? planned : { ...planned, at, reason: 'daily-limit' }
}

async function planPool(dependencies: Dependencies, pool: Pool): Promise<PlannedPool> {
  const { store, toloka, settings, clock } = dependencies
  try {
    const record = await store.get(pool.id)
    const byRecord = planByRecord(pool, record)
    if (byRecord) return byRecord
    const { hold = null, override = null } = record ?? {}
    const policy = policyFor(settings.policy, { hold, override }, pool)
    const look = await lookAt(toloka, policy, pool, clock.now())
    return planByRule(record, look, policy, clock.now())
  } catch (error) {
    if (!isAboutPool(error)) throw error
    const { id: poolId, projectId, privateName: name } = pool
    return { ...asUnreadable({ poolId, problem: error.message }), projectId, name }
  }
}

/** The token was accepted just now, so a 403 here is about the pool. */
const aboutPool = new Set<string>(['forbidden', 'this-pool', 'unreadable'])

function isAboutPool(error: unknown): error is Error {
  if (error instanceof UnreadableRecordError) return true
  return error instanceof TolokaError && aboutPool.has(error.answerClass)
}

function asUnreadable({ poolId, problem }: UnreadablePool): PlannedPool {
  const rest = { projectId: null, name: null, reason: null, at: null }
  return { ...rest, poolId, outcome: 'unreadable', detail: problem }
}
