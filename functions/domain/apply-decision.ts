import type { Instant } from './instant.ts'
import type { ReasonCode } from './reasons.ts'
import type {
  Announced,
  AnnouncementKind,
  ArchivalRecord,
  Decision,
  HistoryEntry,
} from './record.ts'
import { countBytes, shorten } from './shorten.ts'
import { stateAfter, type Transition } from './states.ts'

/** How many entries of a history are kept: the newest, and fewer if they say much. */
const historyLength = 30
/** Bytes that all details of a history may have together, so that a record stays small. */
const historyBytes = 1_000

/**
 * The record after a decision: one version later, in the state that the table of transitions
 * gives, with its history and what there is to announce.
 */
export function applyDecision(
  record: ArchivalRecord,
  { transition, lookAgain, ...change }: Decision,
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
  return { ...next, history: withEntry(next, now), ...withAnnouncement(next, transition, now) }
}

function withEntry(next: ArchivalRecord, now: Instant): readonly HistoryEntry[] {
  const { state, reason, detail, dueAt } = next
  const last = next.history.at(-1)
  if (last?.state === state && last.reason === reason && last.detail === detail) {
    return [...next.history.slice(0, -1), { ...last, dueAt, times: last.times + 1, lastAt: now }]
  }
  const entry = { at: now, state, reason, detail, dueAt, times: 1, lastAt: now }
  return withinBounds([...next.history, entry])
}

/** The newest entries, as many as there is room for; for the last one there always is. */
function withinBounds(history: readonly HistoryEntry[]): readonly HistoryEntry[] {
  let bytes = 0
  const first = history.findLastIndex(({ detail }, index) => {
    bytes += countBytes(detail ?? '')
    return bytes > historyBytes || index < history.length - historyLength
  })
  return history.slice(first + 1)
}

const announcementOf: Readonly<Partial<Record<Transition, AnnouncementKind>>> = {
  plan: 'PoolArchivalPlanned',
  hold: 'PoolHeld',
  confirm: 'PoolArchived',
  'call-operator': 'PoolNeedsAttention',
}

/** Waits that say when a pool will be archived; the others only say that it is late. */
export const plannedReasons: ReadonlySet<ReasonCode> = new Set([
  'closed-for-update',
  'grace-period',
  'exam-window',
  'assignments-active',
  'review-pending',
  'appeal-window',
])

/** A happening is announced once: what repeats the last announcement is not news. */
function withAnnouncement(
  next: ArchivalRecord,
  transition: Transition,
  now: Instant,
): Partial<Pick<ArchivalRecord, 'announced' | 'outbox'>> {
  const { poolId, reason, detail, dueAt, version, announced, outbox } = next
  if (transition === 'watch') return { announced: null } // What comes next is a new story.
  const kind = announcementOf[transition]
  if (kind === undefined) return {}
  const isPlan = kind === 'PoolArchivalPlanned'
  if (isPlan && !plannedReasons.has(reason)) return {}
  if (announced?.kind === kind && announced.reason === reason && !isPlanMoved(next, announced)) {
    return {}
  }
  const announcement = { id: `${poolId}:${version}`, kind, poolId, reason, detail, dueAt, at: now }
  return { announced: { kind, reason, dueAt }, outbox: [...outbox, announcement] }
}

/** The facts name another time than before; waits that merely lengthen do not count. */
function isPlanMoved(next: ArchivalRecord, announced: Announced): boolean {
  return next.state === 'waiting' && next.looks === 0 && announced.dueAt !== next.dueAt
}
