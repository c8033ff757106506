import { rule } from './eligibility.ts'
import type { Instant } from './instant.ts'
import type { PoolPolicy } from './policy.ts'
import type { Assignments, Pool } from './pool.ts'
import type { ReasonCode } from './reasons.ts'

/** A line of the rule and what came of it. */
export interface ExplainedRow {
  readonly reason: ReasonCode
  /**
   * `stands-in-the-way` is the verdict; what comes after it was not asked. `passed-over` was not
   * asked either, by the word of an operator.
   */
  readonly outcome: 'passed' | 'passed-over' | 'stands-in-the-way' | 'not-reached'
}

/** The rule, line by line, for facts that are enough for a verdict. */
export function explainRule(
  pool: Pool,
  assignments: Assignments,
  policy: PoolPolicy,
  now: Instant,
): readonly ExplainedRow[] {
  const facts = { pool, assignments, policy, now }
  const isPassedOver = (reason: ReasonCode): boolean => policy.passedOver.includes(reason)
  const end = rule.findIndex(({ reason, judge }) => !isPassedOver(reason) && judge(facts))
  return rule.slice(0, -1).map(({ reason }, index) => {
    if (isPassedOver(reason)) return { reason, outcome: 'passed-over' }
    if (index < end) return { reason, outcome: 'passed' }
    return { reason, outcome: index === end ? 'stands-in-the-way' : 'not-reached' }
  })
}
