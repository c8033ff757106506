import type { Instant } from '../domain/instant.ts'

/** A message that nobody could work on, as an operator sees it. */
export interface DeadLetter {
  /** For `remove`; means nothing elsewhere. */
  readonly id: string
  /** What it said when it was buried: a wake-up as JSON, or anything. */
  readonly message: string
  /** Why it is here; null if nobody has noted it. */
  readonly problem: string | null
  /** How often it failed; null if nobody has counted. */
  readonly failures: number | null
  /** When it was asked for, or buried: as much as the place knows; null if it knows nothing. */
  readonly writtenAt: Instant | null
}

/** The dead letters, for an operator. */
export interface DeadLetterBox {
  /**
   * Up to `limit`, the oldest first where the place keeps an order. A queue keeps from others what
   * it has shown, for some minutes: it may seem empty to whoever asks again at once.
   */
  readonly list: (limit: number) => Promise<readonly DeadLetter[]>
  /** How many there are, as far as the place knows it at once; hides none. */
  readonly count: () => Promise<number>
  /** Done as well if it is no longer there. */
  readonly remove: (letter: DeadLetter) => Promise<void>
}

/** What became of a delivery that was sent. */
export type DeliveryReply =
  | {
      readonly kind: 'answered'
      readonly status: number
      /** Its beginning, if it is long. */
      readonly body: string
    }
  /** Nobody answered. `problem` is the system's word for it, such as `ECONNREFUSED`. */
  | { readonly kind: 'silence'; readonly problem: string }

/** Sends deliveries, signed as Toloka signs them. */
export interface DeliverySender {
  readonly send: (url: string, body: Uint8Array) => Promise<DeliveryReply>
}
