import type { TolokaModel } from '../fake-toloka/model.ts'
import type { DeliveredPool } from './kill-again-and-again.ts'
import { placeOf } from './pool-kinds.ts'
import type { Settled } from './settle.ts'

/** Pools with which something is wrong. */
export interface Faults {
  /** Accepted, and yet unknown before a sweep found them. */
  readonly lost: readonly string[]
  /** Not where they belong in the end. */
  readonly misplaced: readonly string[]
  /** With more than one archive operation. */
  readonly archivedTwice: readonly string[]
  /** What Toloka's judge holds against us. */
  readonly violations: TolokaModel['violations']
}

export function judgeKills(
  model: TolokaModel,
  delivered: readonly DeliveredPool[],
  { unknown, records }: Settled,
): Faults {
  const idsOf = (isWrong: (pool: DeliveredPool) => boolean): string[] =>
    delivered.filter(isWrong).map(({ poolId }) => poolId)
  return {
    lost: idsOf(({ poolId, isAccepted }) => isAccepted && unknown.has(poolId)),
    misplaced: idsOf(({ poolId, kind }) => {
      const place = placeOf[kind]
      const isArchived = model.statusOf(poolId) === 'ARCHIVED'
      return records.get(poolId)?.state !== place || isArchived !== (place === 'archived')
    }),
    archivedTwice: idsOf(({ poolId }) => model.operationsOf(poolId).length > 1),
    violations: model.violations,
  }
}
