import type { ReasonCode } from '../domain/reasons.ts'
import { changeByOperator, type OperatorAnswer } from './change-by-operator.ts'
import type { Dependencies } from './dependencies.ts'

/**
 * Waits that a person may cut short, having mended what was wrong. The others are not: Toloka's
 * quota is Toloka's, and a pool that it calls archived must not be asked for again.
 */
const endedByRetry: ReadonlySet<ReasonCode> = new Set(['operation-failed', 'refused', 'pool-busy'])

/** Looks at a pool now, and forgets how often it went wrong. The rule is the same as ever. */
export async function retryPool(
  dependencies: Dependencies,
  poolId: string,
  by: string,
): Promise<OperatorAnswer> {
  return changeByOperator(dependencies, poolId, (now, record) => {
    // Whoever made the request may still be waiting for its answer.
    if (record.attempt) return 'too-late'
    const { reason, cooldown } = record
    return {
      transition: 'postpone',
      reason,
      detail: `Tried again at the word of ${by}.`,
      dueAt: now,
      failures: 0,
      refusedSince: null,
      cooldown: cooldown && endedByRetry.has(cooldown.reason) ? null : cooldown,
    }
  })
}
