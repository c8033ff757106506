import type { Hold } from '../domain/policy.ts'
import { newRecord, type ArchivalRecord, type Decision } from '../domain/record.ts'
import type { Dependencies } from './dependencies.ts'
import { perform } from './perform.ts'
import { RecordChanged } from './ports.ts'

/** How often others may write the record first; each of them has moved on by then. */
const overtakenLimit = 20

/** What an operator's word came to. */
export type HoldAnswer =
  | 'done'
  /** The archive request is on its way, or has been sent: nothing takes it back. */
  | 'too-late'
  | 'already-archived'

/**
 * Keeps a pool out of the archive, whatever the rule says. The record changes its version, so that
 * whoever decided before this and has not yet written its request loses.
 */
export async function holdPool(
  dependencies: Dependencies,
  poolId: string,
  hold: Omit<Hold, 'since'>,
): Promise<HoldAnswer> {
  return changeHold(dependencies, poolId, (now) => ({
    transition: 'hold',
    reason: 'held-by-operator',
    detail: hold.reason,
    dueAt: now,
    hold: { ...hold, since: now },
  }))
}

/** Takes a hold away; the rule decides again at once. */
export async function releasePool(dependencies: Dependencies, poolId: string): Promise<HoldAnswer> {
  return changeHold(
    dependencies,
    poolId,
    (now, { hold, reason, detail }) =>
      hold && { transition: 'postpone', reason, detail, dueAt: now, hold: null },
  )
}

/** Writes a decision and wakes the pool, so that the rule has its say as well. Null: nothing to do. */
async function changeHold(
  dependencies: Dependencies,
  poolId: string,
  decide: (now: number, record: ArchivalRecord) => Decision | null,
): Promise<HoldAnswer> {
  const { store, clock } = dependencies
  for (let overtaken = 0; overtaken < overtakenLimit; overtaken += 1) {
    const record = (await store.get(poolId)) ?? newRecord(poolId, clock.now())
    if (record.state === 'archived') return 'already-archived'
    if (record.attempt || record.following) return 'too-late'
    const decision = decide(clock.now(), record)
    if (decision === null) return 'done'
    try {
      await perform(dependencies, record, decision)
      return 'done'
    } catch (error) {
      if (!(error instanceof RecordChanged)) throw error
    }
  }
  throw new Error(`Pool ${poolId} was overtaken ${overtakenLimit} times; nothing was changed.`)
}
