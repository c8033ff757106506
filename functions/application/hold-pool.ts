import type { Hold } from '../domain/policy.ts'
import { changeByOperator, isAskedFor, type OperatorAnswer } from './change-by-operator.ts'
import type { Dependencies } from './dependencies.ts'

/** Keeps a pool out of the archive, whatever the rule says, and whatever was said before. */
export async function holdPool(
  dependencies: Dependencies,
  poolId: string,
  hold: Omit<Hold, 'since'>,
): Promise<OperatorAnswer> {
  return changeByOperator(dependencies, poolId, (now, record) =>
    isAskedFor(record)
      ? 'too-late'
      : {
          transition: 'hold',
          reason: 'held-by-operator',
          detail: hold.reason,
          dueAt: now,
          hold: { ...hold, since: now },
          override: null,
        },
  )
}

/** Takes a hold away; the rule decides again at once. */
export async function releasePool(
  dependencies: Dependencies,
  poolId: string,
  by: string,
): Promise<OperatorAnswer> {
  return changeByOperator(dependencies, poolId, (now, record) => {
    if (isAskedFor(record)) return 'too-late'
    if (record.hold === null) return null
    const { reason } = record
    return { transition: 'postpone', reason, detail: `Released by ${by}.`, dueAt: now, hold: null }
  })
}
