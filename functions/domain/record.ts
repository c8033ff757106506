import { toIso, type Instant } from './instant.ts'
import type { FollowedOperation } from './operation.ts'
import type { Hold } from './policy.ts'
import type { ReasonCode } from './reasons.ts'
import { stateAfter, type State, type Transition } from './states.ts'

/** Raised when the shape of a stored record changes; older ones are upgraded when they are read. */
export const recordSchema = 1

/** How many entries of a history are kept: the newest. */
const historyLength = 30
/** Characters of a text from outside that a record keeps. */
const detailLength = 300

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
  /** The next wake-up, by our clock; null only when archived and all is announced. */
  readonly dueAt: Instant | null
  /** How often in a row the same reason has made us wait longer. */
  readonly looks: number
  /** What a parked decision rests on; null if the decision is not parked. */
  readonly fingerprint: string | null
  /** The pool as it was last read. */
  readonly pool: SeenPool | null
  readonly hold: Hold | null
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
}

/** What is to become of a record. Fields that are not named stay as they are. */
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
    | 'outbox'
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
    attempt: null,
    attempts: 0,
    operations: [],
    following: null,
    failures: 0,
    cooldown: null,
    refusedSince: null,
    lastError: null,
    outbox: [],
    history: [],
    createdAt: now,
    updatedAt: now,
  }
}

/**
 * The record after a decision: one version later, in the state that the table of transitions
 * gives, with its history and what there is to announce.
 */
export function applyDecision(
  record: ArchivalRecord,
  { transition, lookAgain: _, ...change }: Decision,
  now: Instant,
): ArchivalRecord {
  const state = stateAfter(transition, record.version === 0 ? 'new' : record.state)
  const next: ArchivalRecord = {
    ...record,
    fingerprint: null,
    warning: false,
    looks: 0,
    ...change,
    detail: shorten(change.detail ?? null),
    attempts: Math.max(record.attempts, change.attempt?.number ?? 0),
    state,
    version: record.version + 1,
    updatedAt: now,
  }
  return { ...next, history: withEntry(next, now), outbox: withAnnouncement(record, next, now) }
}

/** Cuts a text from outside to the length that a record keeps. */
export function shorten(text: string | null): string | null {
  return text !== null && text.length > detailLength ? `${text.slice(0, detailLength - 1)}…` : text
}

function withEntry(next: ArchivalRecord, now: Instant): readonly HistoryEntry[] {
  const { state, reason, detail, dueAt } = next
  const last = next.history.at(-1)
  if (last?.state === state && last.reason === reason && last.detail === detail) {
    return [...next.history.slice(0, -1), { ...last, dueAt, times: last.times + 1, lastAt: now }]
  }
  const entry = { at: now, state, reason, detail, dueAt, times: 1, lastAt: now }
  return [...next.history, entry].slice(-historyLength)
}

const announcementOf: Readonly<Partial<Record<State, AnnouncementKind>>> = {
  waiting: 'PoolArchivalPlanned',
  held: 'PoolHeld',
  archived: 'PoolArchived',
  attention: 'PoolNeedsAttention',
}

/** A happening is announced once: what only repeats the last one is not news. */
function withAnnouncement(
  before: ArchivalRecord,
  next: ArchivalRecord,
  now: Instant,
): readonly Announcement[] {
  const kind = announcementOf[next.state]
  if (kind === undefined || next.reason === 'discovered') return next.outbox
  const repeats = before.version > 0 && before.state === next.state && before.reason === next.reason
  if (repeats && !isPlanMoved(before, next)) return next.outbox
  const { poolId, reason, detail, dueAt, version } = next
  const id = `${poolId}:${version}`
  return [...next.outbox, { id, kind, poolId, reason, detail, dueAt, at: now }]
}

/** The facts name another time than before; waits that merely lengthen do not count. */
function isPlanMoved(before: ArchivalRecord, next: ArchivalRecord): boolean {
  return next.state === 'waiting' && next.looks === 0 && before.dueAt !== next.dueAt
}

/** One line for a person, such as `waiting (appeal-window) until 2026-11-24T10:00:00.000Z`. */
export function describe({ state, reason, dueAt }: ArchivalRecord): string {
  return `${state} (${reason})${dueAt === null ? '' : ` until ${toIso(dueAt)}`}`
}
