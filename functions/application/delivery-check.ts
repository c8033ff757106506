import { green, red, yellow, type Check, type Finding } from './check-up.ts'
import type { SubscriptionReview } from './review-subscriptions.ts'
import type { SubscriptionTestReport } from './test-subscription.ts'

/** How to find out whether webhooks get through. */
interface SubscriptionProbes {
  readonly review: () => Promise<SubscriptionReview>
  readonly test: (poolId: string) => Promise<SubscriptionTestReport>
}

const howToCover = 'The next sweep puts them in place, or "subscriptions --keep" now.'

/** Has Toloka itself send a test event, where a subscription is in place. */
export function deliveryCheck(probes: SubscriptionProbes | null): readonly Check[] {
  if (probes === null) return []
  return [
    {
      name: 'test event',
      look: () => tryDelivery(probes),
      advice: 'Can WEBHOOK_URL be reached from the internet? "replay" tries it from here.',
    },
  ]
}

async function tryDelivery({ review, test }: SubscriptionProbes): Promise<Finding> {
  const { pools } = await review()
  if (pools.length === 0) return green('no pool in scope is open, so there is nothing to try')
  const missing = pools.filter(({ coverage }) => coverage !== 'covered').length
  const covered = pools.find(({ coverage }) => coverage === 'covered')
  if (covered === undefined) {
    const text = 'no open pool has its subscription yet, so nothing can be tried'
    return yellow(text, howToCover)
  }
  const { arrived, explanation } = await test(covered.poolId)
  if (!arrived) return red(explanation)
  return missing === 0
    ? green('a test event of Toloka arrived; every open pool is covered')
    : yellow(`a test event arrived; open pools that are not covered: ${missing}`, howToCover)
}
