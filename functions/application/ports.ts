import type { Instant } from '../domain/instant.ts'
import type { Operation } from '../domain/operation.ts'
import type { Assignment, Pool } from '../domain/pool.ts'
import type { Announcement, ArchivalRecord } from '../domain/record.ts'
import type { AccountState } from './account-state.ts'
import type { JournalCode } from './journal.ts'
import type { RecordQuery } from './record-query.ts'
import type { UnreadableRecordError } from './stored-record.ts'

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

/** The pools that are asked for as lists. */
export type ListedStatus = 'OPEN' | 'CLOSED'

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

/** The requests to Toloka. Each may throw a TolokaError, and nothing else. */
export interface Toloka {
  readonly readPool: (poolId: string) => Promise<Answer<Pool>>
  /** Pools of a status after the given id, up to 300, in Toloka's own order of ids. */
  readonly listPools: (status: ListedStatus, after: string | null) => Promise<PoolPage>
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

export interface ReadingPage {
  readonly readings: readonly (ArchivalRecord | UnreadableRecordError)[]
  /** As that of a `RecordPage`. */
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
   * The records that fit, at most `limit`, and page by page each of them once. With `dueUntil` the
   * soonest come first; else the order is the store's own. If anything is filtered, a record that is
   * written meanwhile may be missed or come twice.
   *
   * @throws UnknownPlaceError if `after` is of no page of this list
   */
  readonly list: (query: RecordQuery) => Promise<RecordPage>
  /** As `list` without a filter, but a record that cannot be read comes as the error about it. */
  readonly readAll: (after: string | null, limit: number) => Promise<ReadingPage>
  /** Records due at `until` or earlier, the oldest first. */
  readonly overdue: (until: Instant, limit: number) => Promise<readonly DueKey[]>
  /**
   * Ids of archived pools whose records were written last at `since` or later, in that order. A
   * record that was written just now may be missing.
   */
  readonly archivedSince: (since: Instant, limit: number) => Promise<readonly string[]>
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

/** What people read once, and are not told again. */
export interface Notice {
  /** In one line. */
  readonly subject: string
  readonly text: string
}

/** A place at which people read notices. */
export interface Notifier {
  /** Under which it is kept what was told there; never changes. */
  readonly place: string
  /** Alarms come there by themselves. */
  readonly hasAlarms: boolean
  readonly notify: (notice: Notice) => Promise<void>
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
