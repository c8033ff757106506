import { expect, test } from '@jest/globals'
import { eligibility, rule } from '../../functions/domain/eligibility.ts'
import { explainRule } from '../../functions/domain/explain-rule.ts'
import { eligibleCase, finishedPool, rejectedAssignment, rejectionFound } from '../support/pools.ts'
import type { Case } from '../support/pools.ts'

function explain({ pool, assignments, policy, now }: Case) {
  return explainRule(pool, assignments, policy, now)
}

test('Of an eligible pool every line was passed', () => {
  const rows = explain(eligibleCase())
  expect(rows.map(({ reason }) => reason)).toEqual(rule.slice(0, -1).map(({ reason }) => reason))
  expect(new Set(rows.map(({ outcome }) => outcome))).toEqual(new Set(['passed']))
})

test('What stands in the way was reached over all lines before it, and ends the way', () => {
  const rows = explain(eligibleCase({ pool: finishedPool({ training: true }), assignments: {} }))
  const at = rows.findIndex(({ reason }) => reason === 'training')
  expect(rows.map(({ outcome }) => outcome)).toEqual(
    rows.map((_, index) => {
      if (index === at) return 'stands-in-the-way'
      return index < at ? 'passed' : 'not-reached'
    }),
  )
})

test('Of two lines with the same reason the one that spoke is shown', () => {
  const { pool, policy, now } = eligibleCase()
  const stranger = rejectionFound(rejectedAssignment({ poolId: '18' }), policy, now)
  const assignments = { pendingWork: null, ...stranger }
  expect(eligibility(pool, assignments, policy, now)).toMatchObject({ reason: 'unexpected-answer' })
  expect(explain({ pool, policy, now, assignments }).at(-1)).toEqual({
    reason: 'unexpected-answer',
    outcome: 'stands-in-the-way',
  })
  const shown = explain({ pool, policy, now, assignments }).filter(
    ({ outcome }) => outcome !== 'passed',
  )
  expect(shown).toHaveLength(1)
})
