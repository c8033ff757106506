import type { Dependencies } from '../application/dependencies.ts'
import type { SubscriptionCare } from './subscription-care.ts'

/** Of the configured rate: the archiver, which may be running, has not been told of operators. */
export const shareOfRate = 1 / 4

/** What an operator reaches of one archiver, wherever it runs. */
export interface OperatorConsole {
  /** In words, such as `data file /srv/archiver.sqlite` or `stage prod`. */
  readonly place: string
  readonly dependencies: Dependencies
  /** Null if no WEBHOOK_URL is configured. */
  readonly subscriptions: SubscriptionCare | null
  readonly close: () => void
}

/** There is no token, and what is to be done asks Toloka. */
export class NoTokenError extends Error {
  override readonly name = 'NoTokenError'

  constructor() {
    super(
      'TOLOKA_TOKEN is not set, and this asks Toloka. ' +
        'Set it as for the archiver, in the environment or in a file named .env.',
    )
  }
}
