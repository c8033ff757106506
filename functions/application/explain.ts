import { explainRule, type ExplainedRow } from '../domain/explain-rule.ts'
import type { Look } from '../domain/decision.ts'
import type { Instant } from '../domain/instant.ts'
import type { ArchivalRecord } from '../domain/record.ts'
import type { Dependencies } from './dependencies.ts'
import { readLook } from './read-look.ts'
import { TolokaError } from './toloka-error.ts'

/** Why a pool is not archived, line by line of the rule, and what the archiver makes of it. */
export interface Explanation {
  readonly poolId: string
  /** Null if the archiver has never seen the pool. */
  readonly record: ArchivalRecord | null
  /** What Toloka says of the pool now, and what the rule makes of that; null if it says nothing. */
  readonly found: { readonly look: Look; readonly rows: readonly ExplainedRow[] } | null
  /** Why Toloka said nothing; null if it did. */
  readonly trouble: TolokaError | null
  readonly readAt: Instant
}

/** Reads the facts of a pool anew and explains them; changes nothing. */
export async function explain(dependencies: Dependencies, poolId: string): Promise<Explanation> {
  const { store, clock } = dependencies
  const record = await store.get(poolId)
  const { hold = null, override = null } = record ?? {}
  try {
    const look = await readLook(dependencies, { hold, override }, poolId)
    const rows = explainRule(look.pool, look.assignments, look.policy, look.now)
    return { poolId, record, found: { look, rows }, trouble: null, readAt: clock.now() }
  } catch (error) {
    if (!(error instanceof TolokaError)) throw error
    return { poolId, record, found: null, trouble: error, readAt: clock.now() }
  }
}
