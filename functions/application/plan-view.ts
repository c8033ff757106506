import * as z from 'zod/mini'
import type { ComparedPlan, PlanDifference } from '../domain/compare-plans.ts'
import { dayMs, toIso, type Instant } from '../domain/instant.ts'
import { planOutcomes, type PlannedPool } from '../domain/plan-pool.ts'
import { reasons, type ReasonCode } from '../domain/reasons.ts'
import type { Plan } from './plan-account.ts'

const instant = z.pipe(
  z.string().check(z.iso.datetime()),
  z.transform((text) => Date.parse(text)),
)

/** Null for a reason that another version knows. */
const reason = z.pipe(
  z.string(),
  z.transform((text): ReasonCode | null => (isReason(text) ? text : null)),
)

const storedPool = z.object({
  poolId: z.nullable(z.string()),
  projectId: z.nullable(z.string()),
  name: z.nullable(z.string()),
  outcome: z.enum(planOutcomes),
  reason: z.nullable(reason),
  detail: z.nullable(z.string()),
  at: z.nullable(instant),
})

/** A plan as a file holds it, and as it is printed with `--json`. */
const storedPlan = z.object({
  plan: z.literal(1),
  madeAt: instant,
  origin: z.string(),
  requesterId: z.string(),
  observing: z.boolean(),
  paused: z.boolean(),
  complete: z.literal(true),
  pools: z.array(storedPool),
})

/** The shape of the text is `storedPlan`, and `summary` besides. */
export type StoredPlan = z.output<typeof storedPlan>

/** How many pools of each kind; a pool is archived today (UTC), later, or perhaps never. */
export interface PlanSummary {
  readonly today: number
  readonly later: number
  readonly underWay: number
  readonly attention: number
  readonly kept: number
  readonly unreadable: number
}

export function summarise(pools: readonly PlannedPool[], madeAt: Instant): PlanSummary {
  const midnight = (Math.floor(madeAt / dayMs) + 1) * dayMs
  const of = (outcome: PlannedPool['outcome']): readonly PlannedPool[] =>
    pools.filter((pool) => pool.outcome === outcome)
  const today = of('archive').filter(({ at }) => at !== null && at < midnight).length
  return {
    today,
    later: of('archive').length - today + of('wait').length,
    underWay: of('under-way').length,
    attention: of('attention').length,
    kept: of('keep').length,
    unreadable: of('unreadable').length,
  }
}

/** @param complete false: Toloka said no more, and this is part of a plan */
export function viewPlan(plan: Plan, pools: readonly PlannedPool[], complete: boolean): object {
  const { madeAt, origin, requesterId, observing, paused } = plan
  return {
    plan: 1,
    madeAt: toIso(madeAt),
    origin,
    requesterId,
    observing,
    paused: paused !== null,
    complete,
    summary: summarise(pools, madeAt),
    pools: pools.map(viewPlannedPool),
  }
}

function viewPlannedPool({ at, ...rest }: PlannedPool): object {
  return { ...rest, at: at === null ? null : toIso(at) }
}

export function viewDifference({ kind, before, after }: PlanDifference): object {
  return {
    kind,
    before: before && viewPlannedPool(before),
    after: after && viewPlannedPool(after),
  }
}

/** Reads what `viewPlan` made, if that was complete; null if it is anything else. */
export function parsePlan(text: string): (StoredPlan & ComparedPlan) | null {
  try {
    return z.parse(storedPlan, JSON.parse(text))
  } catch {
    return null
  }
}

function isReason(text: string): text is ReasonCode {
  return Object.hasOwn(reasons, text)
}
