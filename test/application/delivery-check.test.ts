import { expect, test } from '@jest/globals'
import { checkUp } from '../../functions/application/check-up.ts'
import { deliveryCheck } from '../../functions/application/delivery-check.ts'
import type { Coverage } from '../../functions/domain/subscription-plan.ts'

/** What the doctor says where Toloka's pools are so covered, and a test event so arrives. */
async function found(coverages: readonly Coverage[], arrived: boolean) {
  const pools = coverages.map((coverage, index) => ({ poolId: String(index), coverage }))
  const checks = deliveryCheck({
    review: async () => ({ webhookUrl: 'https://archiver.example.org', pools, toRemove: [] }),
    test: async (poolId) => ({ arrived, explanation: `The event for pool ${poolId} got lost.` }),
  })
  const [result] = await checkUp(checks)
  const isHelpWanted = result?.level !== 'green'
  expect(/\w.*\.$/.test(result?.advice ?? '')).toBe(isHelpWanted)
  return [result?.level, result?.text]
}

test('Without WEBHOOK_URL there is nothing to try', () => {
  expect(deliveryCheck(null)).toEqual([])
})

test.each<readonly [readonly Coverage[], boolean, string, string]>([
  [['covered'], true, 'green', 'a test event of Toloka arrived; every open pool is covered'],
  [
    ['missing', 'covered'],
    true,
    'yellow',
    'a test event arrived; open pools that are not covered: 1',
  ],
  [['missing', 'covered'], false, 'red', 'The event for pool 1 got lost.'],
  [
    ['outdated-secret'],
    true,
    'yellow',
    'no open pool has its subscription yet, so nothing can be tried',
  ],
  [[], true, 'green', 'no pool in scope is open, so there is nothing to try'],
])(
  'Pools that are %j, and a test that arrives (%s), are %s',
  async (pools, arrived, level, text) => {
    expect(await found(pools, arrived)).toEqual([level, text])
  },
)
