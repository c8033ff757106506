import { explainDelivery } from '../domain/explain-delivery.ts'
import { isSameAddress, leadsTo } from '../domain/subscription-address.ts'
import { listSubscriptions } from './read-subscription-facts.ts'
import type { AllForSubscriptions } from './subscription-dependencies.ts'
import { askAboutSubscriptions } from './webhooks-forbidden.ts'

export interface SubscriptionTestReport {
  /** Whether Toloka sent a test event and the webhook took it. */
  readonly arrived: boolean
  /** What happened, and what to look at if it did not arrive. */
  readonly explanation: string
}

/**
 * Has Toloka send a test event to the subscription of a pool: the one with the newest secret, if
 * there are several.
 *
 * @throws WebhooksForbiddenError, TolokaError, and what `readWebhook` throws
 */
export async function testSubscription(
  dependencies: AllForSubscriptions,
  poolId: string,
): Promise<SubscriptionTestReport> {
  const { url, marked } = await dependencies.readWebhook()
  const found = await listSubscriptions(dependencies)
  const ours = found.filter((one) => one.poolId === poolId && leadsTo(url, one.webhookUrl))
  const tested = ours.find(({ webhookUrl }) => isSameAddress(webhookUrl, marked)) ?? ours[0]
  if (tested === undefined) {
    const explanation =
      `Pool ${poolId} has no subscription to WEBHOOK_URL. ` +
      'A sweep puts one in place if the pool is open and in scope.'
    return { arrived: false, explanation }
  }
  const seen = await askAboutSubscriptions(() => dependencies.subscriptions.test(tested.id))
  return { arrived: seen.success, explanation: explainDelivery(seen) }
}
