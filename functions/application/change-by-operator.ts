import type { Instant } from '../domain/instant.ts'
import { newRecord, type ArchivalRecord, type Decision } from '../domain/record.ts'
import type { Dependencies } from './dependencies.ts'
import { perform } from './perform.ts'
import { RecordChanged } from './ports.ts'

/** How often others may write the record first; each of them has moved on by then. */
const overtakenLimit = 20

/** What an operator's word came to. */
export type OperatorAnswer =
  | 'done'
  /** The archive request is on its way, or has been sent: nothing takes it back. */
  | 'too-late'
  | 'already-archived'

/**
 * Writes what an operator decided about a pool, and wakes the pool, so that the rule has its say as
 * well. The record changes its version, so that whoever decided before this and has not yet written
 * its request loses.
 *
 * @param decide null: there is nothing to do
 */
export async function changeByOperator(
  dependencies: Dependencies,
  poolId: string,
  decide: (now: Instant, record: ArchivalRecord) => Decision | OperatorAnswer | null,
): Promise<OperatorAnswer> {
  const { store, clock } = dependencies
  for (let overtaken = 0; overtaken < overtakenLimit; overtaken += 1) {
    const record = (await store.get(poolId)) ?? newRecord(poolId, clock.now())
    if (record.state === 'archived') return 'already-archived'
    const decision = decide(clock.now(), record)
    if (decision === null) return 'done'
    if (typeof decision === 'string') return decision
    try {
      await perform(dependencies, record, decision)
      return 'done'
    } catch (error) {
      if (!(error instanceof RecordChanged)) throw error
    }
  }
  throw new Error(`Pool ${poolId} was overtaken ${overtakenLimit} times; nothing was changed.`)
}

/** The archive was asked for, and the outcome is not known. */
export function isAskedFor({ attempt, following }: ArchivalRecord): boolean {
  return attempt !== null || following !== null
}
