import type { Instant } from '../domain/instant.ts'
import type { Operation } from '../domain/operation.ts'
import type { Assignment, Pool } from '../domain/pool.ts'
import type { Announcement, ArchivalRecord } from '../domain/record.ts'
import type { State } from '../domain/states.ts'
import type { AccountState } from './account-state.ts'
import type { JournalCode } from './journal.ts'

/** The only source of the time. */
export interface Clock {
  readonly now: () => Instant
}

/** A value out of an answer of Toloka, and what Toloka's clock said then. */
export interface Answer<Value> {
  readonly value: Value
  /** Toloka's `Date` header, to the second; null if the answer had none. */
  readonly serverTime: Instant | null
}

export interface PoolPage {
  readonly pools: readonly Pool[]
  /** The id of the last pool as returned, to go on after; null if this is the last page. */
  readonly next: string | null
  /** Pools of this page that make no sense: somebody has to look at them one by one. */
  readonly unreadable: readonly UnreadablePool[]
}

export interface UnreadablePool {
  /** Null if not even the id can be read. */
  readonly poolId: string | null
  /** Names the field; holds no value of it. */
  readonly problem: string
}

export type ArchiveAnswer =
  | { readonly kind: 'already-archived' }
  | { readonly kind: 'accepted'; readonly operation: Operation }

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

/** The requests to Toloka. Each may throw a TolokaError, and nothing else. */
export interface Toloka {
  readonly readPool: (poolId: string) => Promise<Answer<Pool>>
  /** Closed pools after the given id, up to 300, in Toloka's own order of ids. */
  readonly listClosedPools: (after: string | null) => Promise<PoolPage>
  /** Some assignment that is ACTIVE or SUBMITTED. */
  readonly findPendingWork: (poolId: string) => Promise<Answer<Assignment | null>>
  /** Some assignment, the newest if Toloka sorts, rejected at `since` or later. */
  readonly findRejection: (poolId: string, since: Instant) => Promise<Answer<Assignment | null>>
  /** Never repeated by itself. */
  readonly archivePool: (poolId: string) => Promise<ArchiveAnswer>
  readonly readOperation: (operationId: string) => Promise<Operation>
  /** The archive operations of a pool that were submitted at `since` or later, oldest first. */
  readonly findArchiveOperations: (poolId: string, since: Instant) => Promise<readonly Operation[]>
  /** Whose token it is, and what Toloka's clock says. */
  readonly readRequester: () => Promise<
    { readonly id: string } & Pick<Answer<unknown>, 'serverTime'>
  >
}

/** Subscriptions to webhooks. Each request may throw a TolokaError, and nothing else. */
export interface Subscriptions {
  /** Creates or updates; some may be refused while others are taken. */
  readonly put: (wanted: readonly WantedSubscription[]) => Promise<readonly SubscriptionOutcome[]>
  readonly list: (eventType: string) => Promise<readonly WebhookSubscription[]>
  /** Done as well if there is no such subscription. */
  readonly remove: (subscriptionId: string) => Promise<void>
  /** Makes Toloka send a test event now. `problem` is Toloka's word for what went wrong. */
  readonly test: (
    subscriptionId: string,
  ) => Promise<{ readonly success: boolean; readonly problem: string | null }>
}

/** Keeps requests to Toloka below the configured rate: returns when the next one may go. */
export interface Pace {
  readonly take: () => Promise<void>
}

/** An HTTP request that claims to be a webhook delivery of Toloka. */
export interface Delivery {
  readonly contentType: string | null
  /** The header `Toloka-Signature`. */
  readonly signature: string | null
  /** The raw bytes as they came: the signature is over these. */
  readonly body: Uint8Array
}

export type DeliveryReading =
  | {
      readonly kind: 'genuine'
      /** Pools that closed, each once. */
      readonly poolIds: readonly string[]
      /** Events of other types, tests among them, and what makes no sense beside events that do. */
      readonly ignored: number
    }
  | {
      readonly kind: 'refused'
      readonly status: 400 | 401 | 413 | 415
      /** What is wrong and what was expected; safe to show to the sender. */
      readonly problem: string
    }

/** Tells genuine deliveries from others. Never throws for bad input. */
export interface DeliveryReader {
  readonly read: (delivery: Delivery) => Promise<DeliveryReading>
}

/** A record with a wake-up: as much of it as waking needs. */
export interface DueKey {
  readonly poolId: string
  /** A reason code; perhaps one that a newer version wrote and that is not known here. */
  readonly reason: string
  readonly dueAt: Instant
}

export interface RecordPage {
  readonly records: readonly ArchivalRecord[]
  /** To be given back as `after`; means nothing elsewhere. Null if this is the last page. */
  readonly next: string | null
}

/** The archival records, one for each pool. */
export interface ArchivalStore {
  /** Always the newest version. */
  readonly get: (poolId: string) => Promise<ArchivalRecord | null>
  /** The fingerprints of those pools that are known; null for a record that is not parked. */
  readonly getFingerprints: (
    poolIds: readonly string[],
  ) => Promise<ReadonlyMap<string, string | null>>
  /**
   * Writes a record if the stored one still has `expectedVersion` (0: if there is none).
   *
   * @throws RecordChanged with the stored record otherwise.
   */
  readonly put: (record: ArchivalRecord, expectedVersion: number) => Promise<void>
  /**
   * Records in an order of the store's own, at most `limit`, and all of them page by page. If only
   * those of one state are asked for, one that moves meanwhile may be missed or come twice.
   */
  readonly list: (query: {
    readonly state: State | null
    readonly after: string | null
    readonly limit: number
  }) => Promise<RecordPage>
  /** Records due at `until` or earlier, the oldest first. */
  readonly overdue: (until: Instant, limit: number) => Promise<readonly DueKey[]>
  /** Ids of pools with something that is not announced yet. */
  readonly unannounced: (limit: number) => Promise<readonly string[]>
}

/** Somebody else wrote the record in between. */
export class RecordChanged extends Error {
  override readonly name = 'RecordChanged'
  /** The record as it is stored now; null if there is none. */
  readonly current: ArchivalRecord | null

  constructor(poolId: string, current: ArchivalRecord | null) {
    super(`The record of pool ${poolId} was changed in between.`)
    this.current = current
  }
}

/**
 * "Look at this pool": all that any trigger ever says. A `timer` that comes before the record is
 * due ends without a request to Toloka; a `hint` always looks.
 */
export interface WakeUp {
  readonly version: 1
  readonly poolId: string
  readonly cause: 'timer' | 'hint'
  readonly dueAt: Instant
}

export interface WakeUps {
  /** Durable when it returns. Asking twice for the same time wakes once, or twice if it is near. */
  readonly request: (wakeUp: WakeUp) => Promise<void>
}

/** Where messages go that nobody can work on, until a person has looked at them. */
export interface DeadLetters {
  /** Durable when it returns. */
  readonly bury: (message: string) => Promise<void>
}

/** Tells the outside world. May be asked for the same id again after a crash. */
export interface Announcer {
  readonly announce: (announcement: Announcement) => Promise<void>
}

export interface AccountStore {
  /** `newAccountState` if nothing was ever written. */
  readonly read: () => Promise<AccountState>
  /** False, and nothing is written, if the stored state no longer has `expectedVersion`. */
  readonly write: (state: AccountState, expectedVersion: number) => Promise<boolean>
}

/** Where the archiver says what it does. */
export interface Journal {
  readonly write: (code: JournalCode, fields?: JournalFields) => void
}

/** Plain values only: nothing that could carry a secret along. */
export type JournalFields = Readonly<Record<string, string | number | boolean | null>>
