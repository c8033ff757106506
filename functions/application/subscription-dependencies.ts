import type { WebhookAddress } from '../domain/subscription-plan.ts'
import type { Dependencies } from './dependencies.ts'
import type { Subscriptions } from './subscription-ports.ts'

/** The only event that is subscribed to. */
export const closeEvent = 'POOL_CLOSED'

/** The webhook of this archiver, with the newest secret. */
export interface Webhook extends WebhookAddress {
  readonly secretKey: string
}

/** What the use cases around subscriptions touch beside the rest. */
export interface SubscriptionDependencies {
  readonly subscriptions: Subscriptions
  /** Asked anew by each use case: the secret may have been exchanged. Throws if it cannot be read. */
  readonly readWebhook: () => Promise<Webhook>
}

/** All that they touch. */
export type AllForSubscriptions = SubscriptionDependencies &
  Pick<Dependencies, 'clock' | 'toloka' | 'store' | 'journal' | 'settings'>
