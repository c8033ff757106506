import type { Check } from '../application/check-up.ts'
import type { Dependencies } from '../application/dependencies.ts'
import type { DeadLetterBox, DeliverySender } from '../application/operator-ports.ts'
import type { SweepResult } from '../application/sweep.ts'
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
  readonly deadLetters: DeadLetterBox
  /**
   * Has a sweep begin now.
   *
   * @param onPage is told now and then how many pools were listed so far
   * @throws NoTokenError, WrongAccountError
   */
  readonly requestSweep: (onPage: (listed: number) => void) => Promise<SweepRequest>
  readonly webhook: ConsoleWebhook
  /** What `doctor` looks after, in that order. */
  readonly checks: readonly Check[]
  readonly close: () => void
}

export interface ConsoleWebhook {
  /** Where deliveries come in; null if that is not known. */
  readonly url: string | null
  /** With the newest secret; null if there is none. */
  readonly sender: DeliverySender | null
}

export type SweepRequest =
  /** Whoever sweeps was told to, and begins soon. */
  | { readonly kind: 'requested' }
  /** It was done here. */
  | {
      readonly kind: 'swept'
      readonly result: SweepResult
      /** Why it stopped, in Toloka's words; null if it did not, or if Toloka was not asked. */
      readonly problem: string | null
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
