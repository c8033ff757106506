import { expect, test } from '@jest/globals'
import { assert, pre, property, subarray } from 'fast-check'
import { fingerprint } from '../../functions/domain/fingerprint.ts'
import type { PoolPolicy } from '../../functions/domain/policy.ts'
import type { Pool } from '../../functions/domain/pool.ts'
import { finishedPool, defaultPolicy } from '../support/pools.ts'
import { someTruth } from '../support/arbitrary-facts.ts'
import { askTheRule } from '../support/ask-the-rule.ts'

const poolFields = subarray(Object.keys(finishedPool()), { maxLength: 4 })
/** A hold is no part of it: whoever holds or releases a pool wakes it. */
const policyFields = subarray(
  Object.keys(defaultPolicy()).filter((field) => field !== 'hold'),
  { maxLength: 2 },
)

/** A copy in which some fields have the values of another. */
function blend<Whole extends object>(whole: Whole, other: Whole, fields: readonly string[]): Whole {
  const taken = Object.entries(other).filter(([field]) => fields.includes(field))
  return { ...whole, ...Object.fromEntries(taken) }
}

test('Equal fingerprints: the same verdict at any time, whatever the assignments', () => {
  assert(
    property(someTruth, someTruth, poolFields, policyFields, (truth, other, ofPool, ofPolicy) => {
      const pool: Pool = blend(truth.pool, other.pool, ofPool)
      const policy: PoolPolicy = blend(truth.policy, other.policy, ofPolicy)
      const isSame = fingerprint(pool, policy, null) === fingerprint(truth.pool, truth.policy, null)
      const verdict = askTheRule({ ...truth, pool, policy })
      const before = askTheRule(truth)
      pre(isSame)
      expect(verdict).toEqual(before)
      const { now } = other
      expect(askTheRule({ ...truth, pool, policy, now })).toEqual(askTheRule({ ...truth, now }))
    }),
    { numRuns: 2000 },
  )
})

test('Another verdict at the same time: another fingerprint', () => {
  assert(
    property(someTruth, someTruth, poolFields, (truth, other, fields) => {
      const pool = blend(truth.pool, other.pool, fields)
      pre(askTheRule({ ...truth, pool }).reason !== askTheRule(truth).reason)
      expect(fingerprint(pool, truth.policy, null)).not.toBe(
        fingerprint(truth.pool, truth.policy, null),
      )
    }),
    { numRuns: 300 },
  )
})
