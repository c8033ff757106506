import type { Instant } from './instant.ts'
import type { FollowedOperation } from './operation.ts'
import type { Override } from './override.ts'
import type { Hold } from './policy.ts'
import type { ReasonCode } from './reasons.ts'
import type { State, Transition } from './states.ts'

/** Raised when the shape of a stored record changes; older ones are upgraded when they are read. */
export const recordSchema = 2

/** All that is known about archiving one pool. */
export interface ArchivalRecord {
  readonly schema: typeof recordSchema
  readonly poolId: string
  /** Grows by one with each write; 0 has never been written. */
  readonly version: number
  readonly state: State
  readonly reason: ReasonCode
  /** The reason in this case, in words; null if the reason says it all. */
  readonly detail: string | null
  /** A person should look at it. */
  readonly warning: boolean
  /** The next wake-up, by our clock; null only when archived. */
  readonly dueAt: Instant | null
  /** How often in a row the same reason has made us wait longer. */
  readonly looks: number
  /** What a parked decision rests on; null if the decision is not parked. */
  readonly fingerprint: string | null
  /** The pool as it was last read. */
  readonly pool: SeenPool | null
  readonly hold: Hold | null
  readonly override: Override | null
  /** An archive request whose outcome is not known. */
  readonly attempt: Attempt | null
  readonly attempts: number
  /** Every archive operation of this pool that we know of; never trimmed. */
  readonly operations: readonly FollowedOperation[]
  /** The operation whose end we wait for. */
  readonly following: string | null
  /** How many of the operations failed. */
  readonly failures: number
  /** No archive request before this. */
  readonly cooldown: Cooldown | null
  /** Since when Toloka refuses for no reason that the facts show. */
  readonly refusedSince: Instant | null
  readonly lastError: AnsweredError | null
  /** What happened and is not announced yet. */
  readonly outbox: readonly Announcement[]
  /** What was last put into the outbox. */
  readonly announced: Announced | null
  readonly history: readonly HistoryEntry[]
  readonly createdAt: Instant
  readonly updatedAt: Instant
}

export interface SeenPool {
  readonly projectId: string
  readonly privateName: string | null
  readonly status: string
  readonly lastCloseReason: string | null
  readonly lastStoppedAt: Instant | null
  /** Of the rejections that still count; null if none was found, or none was looked for. */
  readonly newestRejectionAt: Instant | null
  readonly readAt: Instant
}

export interface Attempt {
  readonly number: number
  /** The earlier of our clock and Toloka's. */
  readonly startedAt: Instant
  /** Until then, by our clock, nobody else posts. */
  readonly leaseUntil: Instant
}

export interface Cooldown {
  readonly until: Instant
  readonly reason: ReasonCode
}

/** An answer that was not the one hoped for, as it is shown to a person. Holds no secret. */
export interface AnsweredError {
  readonly at: Instant
  /** The request, such as `POST /pools/17/archive`. */
  readonly call: string
  readonly status: number | null
  readonly code: string | null
  readonly message: string
  /** For Toloka's support. */
  readonly requestId: string | null
}

export interface HistoryEntry {
  readonly at: Instant
  readonly state: State
  readonly reason: ReasonCode
  readonly detail: string | null
  readonly dueAt: Instant | null
  /** How often the same was decided in a row; `lastAt` is the last time. */
  readonly times: number
  readonly lastAt: Instant
}

export type AnnouncementKind =
  'PoolArchivalPlanned' | 'PoolHeld' | 'PoolArchived' | 'PoolNeedsAttention'

export interface Announcement {
  /** Pool and version: sent again after a crash, it is the same. */
  readonly id: string
  readonly kind: AnnouncementKind
  readonly poolId: string
  readonly reason: ReasonCode
  readonly detail: string | null
  readonly dueAt: Instant | null
  readonly at: Instant
  /** Names of the places that know it already, while others are still to be told. */
  readonly toldTo?: readonly string[] | undefined
}

export type Announced = Pick<Announcement, 'kind' | 'reason' | 'dueAt'>

/**
 * What is to become of a record. Fields that are not named stay as they are, but for the detail,
 * the warning, the looks and the fingerprint: these belong to one decision.
 */
export interface Decision extends Partial<
  Pick<
    ArchivalRecord,
    | 'attempt'
    | 'cooldown'
    | 'failures'
    | 'fingerprint'
    | 'following'
    | 'hold'
    | 'lastError'
    | 'operations'
    | 'override'
    | 'pool'
    | 'refusedSince'
  >
> {
  readonly transition: Transition
  readonly reason: ReasonCode
  readonly dueAt: Instant | null
  readonly detail?: string | null
  readonly warning?: boolean
  readonly looks?: number
  /** The decision is a step, not a resting place: decide again at once. */
  readonly lookAgain?: boolean
}

/** A pool of which nothing is known but that it is there. */
export function newRecord(poolId: string, now: Instant): ArchivalRecord {
  return {
    schema: recordSchema,
    poolId,
    version: 0,
    state: 'waiting',
    reason: 'discovered',
    detail: null,
    warning: false,
    dueAt: now,
    looks: 0,
    fingerprint: null,
    pool: null,
    hold: null,
    override: null,
    attempt: null,
    attempts: 0,
    operations: [],
    following: null,
    failures: 0,
    cooldown: null,
    refusedSince: null,
    lastError: null,
    outbox: [],
    announced: null,
    history: [],
    createdAt: now,
    updatedAt: now,
  }
}
