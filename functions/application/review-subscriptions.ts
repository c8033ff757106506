import {
  coverageOf,
  findSurplus,
  poolsToAskAbout,
  type Coverage,
  type FoundSubscription,
} from '../domain/subscription-plan.ts'
import { findArchived } from './find-archived.ts'
import { readSubscriptionFacts } from './read-subscription-facts.ts'
import type { AllForSubscriptions } from './subscription-dependencies.ts'

export interface SubscriptionReview {
  /** The address that new subscriptions get. */
  readonly webhookUrl: string
  /** Every open pool in scope, in Toloka's order. */
  readonly pools: readonly { readonly poolId: string; readonly coverage: Coverage }[]
  /** What the next sweep removes, beside those that it replaces. */
  readonly toRemove: readonly FoundSubscription[]
}

/**
 * Which open pools are covered. Changes nothing, at Toloka or here.
 *
 * @throws WebhooksForbiddenError, TolokaError, and what `readWebhook` throws
 */
export async function reviewSubscriptions(
  dependencies: AllForSubscriptions,
): Promise<SubscriptionReview> {
  const webhook = await dependencies.readWebhook()
  const facts = await readSubscriptionFacts(dependencies, webhook)
  const archived = await findArchived(dependencies, poolsToAskAbout(facts))
  const pools = [...coverageOf(facts)].map(([poolId, coverage]) => ({ poolId, coverage }))
  return { webhookUrl: webhook.marked, pools, toRemove: findSurplus(facts, archived) }
}
