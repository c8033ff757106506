import type { Instant } from './instant.ts'
import type { PlannedPool } from './plan-pool.ts'

/** A plan as far as it is compared. */
export interface ComparedPlan {
  readonly madeAt: Instant
  readonly pools: readonly PlannedPool[]
}

/** `moved`: to another time. `changed`: another outcome, or another reason. */
export type PlanDifference =
  | { readonly kind: 'new'; readonly before: null; readonly after: PlannedPool }
  /** It is no longer closed: archived, or open again. */
  | { readonly kind: 'gone'; readonly before: PlannedPool; readonly after: null }
  | {
      readonly kind: 'moved' | 'changed'
      readonly before: PlannedPool
      readonly after: PlannedPool
    }

/** How a plan differs from an earlier one, pool by pool; those without an id are left out. */
export function comparePlans(earlier: ComparedPlan, later: ComparedPlan): PlanDifference[] {
  const left = new Map(earlier.pools.map((pool) => [pool.poolId, pool]))
  left.delete(null)
  const differences = later.pools.flatMap((after): PlanDifference[] => {
    if (after.poolId === null) return []
    const before = left.get(after.poolId)
    left.delete(after.poolId)
    if (!before) return [{ kind: 'new', before: null, after }]
    if (before.outcome !== after.outcome || before.reason !== after.reason) {
      return [{ kind: 'changed', before, after }]
    }
    const hasMoved = timeOf(before, earlier.madeAt) !== timeOf(after, later.madeAt)
    return hasMoved ? [{ kind: 'moved', before, after }] : []
  })
  const gone = left
    .values()
    .map((before): PlanDifference => ({ kind: 'gone', before, after: null }))
  return [...differences, ...gone]
}

/** "At once" stays the same while time passes, and the next of many looks is no plan. */
function timeOf({ outcome, at }: PlannedPool, madeAt: Instant): Instant | null {
  const isPlanned = outcome === 'archive' || outcome === 'keep'
  return !isPlanned || at === null || at <= madeAt ? null : at
}
