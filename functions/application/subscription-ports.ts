import type { Instant } from '../domain/instant.ts'

export interface WebhookSubscription {
  readonly id: string
  readonly poolId: string
  readonly eventType: string
  readonly webhookUrl: string
  readonly createdAt: Instant | null
}

export interface WantedSubscription {
  readonly poolId: string
  readonly eventType: string
  readonly webhookUrl: string
  /** Toloka never shows it again. */
  readonly secretKey: string
}

export interface SubscriptionOutcome {
  readonly poolId: string
  /** Null if Toloka refused this one; `problem` says why. */
  readonly subscription: WebhookSubscription | null
  readonly problem: string | null
}

/** Subscriptions to webhooks. Each request may throw a TolokaError, and nothing else. */
export interface Subscriptions {
  /** Creates or updates; some may be refused while others are taken. */
  readonly put: (wanted: readonly WantedSubscription[]) => Promise<readonly SubscriptionOutcome[]>
  readonly list: (eventType: string) => Promise<readonly WebhookSubscription[]>
  /** Done as well if there is no such subscription. */
  readonly remove: (subscriptionId: string) => Promise<void>
  /** Makes Toloka send a test event now, and tells what became of it. */
  readonly test: (subscriptionId: string) => Promise<SubscriptionTest>
}

export interface SubscriptionTest {
  readonly success: boolean
  /** Toloka's word for what went wrong, such as `WRONG_STATUS_CODE`; null if it has none. */
  readonly errorType: string | null
  /** HTTP status of the receiver's answer, as Toloka saw it; null if there was none. */
  readonly receivedStatus: number | null
}
