import { markSecret } from '../adapters/toloka/secret-mark.ts'
import { keepSubscriptions, type KeptSubscriptions } from '../application/keep-subscriptions.ts'
import {
  reviewSubscriptions,
  type SubscriptionReview,
} from '../application/review-subscriptions.ts'
import type { AllForSubscriptions, Webhook } from '../application/subscription-dependencies.ts'
import { testSubscription, type SubscriptionTestReport } from '../application/test-subscription.ts'
import type { Instant } from '../domain/instant.ts'
import { markAddress } from '../domain/subscription-address.ts'
import type { ConsoleConfig } from './config.ts'

/** All that can be done about subscriptions. */
export interface SubscriptionCare {
  /** Never throws; begins nothing more at `until`. */
  readonly keep: (until?: Instant) => Promise<KeptSubscriptions>
  /** Throws WebhooksForbiddenError or TolokaError. */
  readonly review: () => Promise<SubscriptionReview>
  /** Throws WebhooksForbiddenError or TolokaError. */
  readonly test: (poolId: string) => Promise<SubscriptionTestReport>
}

/**
 * @param webhookUrl WEBHOOK_URL
 * @param readSecret the newest secret of the webhook
 */
export function openSubscriptionCare(
  dependencies: Omit<AllForSubscriptions, 'readWebhook'>,
  webhookUrl: string,
  readSecret: () => Promise<string>,
): SubscriptionCare {
  const readWebhook = async (): Promise<Webhook> => {
    const secretKey = await readSecret()
    return { url: webhookUrl, marked: markAddress(webhookUrl, markSecret(secretKey)), secretKey }
  }
  const all = { ...dependencies, readWebhook }
  return {
    keep: (until) => keepSubscriptions(all, until),
    review: () => reviewSubscriptions(all),
    test: (poolId) => testSubscription(all, poolId),
  }
}

/** Null if the settings of this machine name no address, so that none is to be made. */
export function openLocalSubscriptionCare(
  { webhook: { secrets, publicUrl } }: Pick<ConsoleConfig, 'webhook'>,
  dependencies: Omit<AllForSubscriptions, 'readWebhook'>,
): SubscriptionCare | null {
  const [newest] = secrets
  if (publicUrl === null || newest === undefined) return null
  return openSubscriptionCare(dependencies, publicUrl, async () => newest)
}
