import { toIso, type Instant } from '../domain/instant.ts'
import type { FollowedOperation } from '../domain/operation.ts'
import type { ReasonCode } from '../domain/reasons.ts'
import type { ArchivalRecord, HistoryEntry } from '../domain/record.ts'
import type { State } from '../domain/states.ts'

/** A pool as scripts see it. Ids are strings, instants ISO 8601 with `Z`, absent values null. */
export interface PoolView {
  readonly poolId: string
  readonly projectId: string | null
  readonly name: string | null
  readonly state: State
  readonly reason: ReasonCode
  readonly dueAt: string | null
  /** The archive operation that is followed, or else the last one. */
  readonly operationId: string | null
  readonly updatedAt: string
}

export interface PoolDetailView extends PoolView {
  readonly operations: readonly OperationView[]
  readonly history: readonly HistoryView[]
}

export interface OperationView {
  readonly operationId: string
  readonly type: string
  readonly status: string
  readonly submittedAt: string | null
  readonly startedAt: string | null
  readonly finishedAt: string | null
  /** Percent. */
  readonly progress: number | null
  readonly details: string | null
  /** How often it was looked at. */
  readonly looks: number
}

export interface HistoryView {
  readonly at: string
  readonly state: State
  readonly reason: ReasonCode
  readonly detail: string | null
  readonly dueAt: string | null
  /** How often in a row the same was found; `lastAt` is the last time. */
  readonly times: number
  readonly lastAt: string
}

export function viewPool(record: ArchivalRecord): PoolView {
  return {
    poolId: record.poolId,
    projectId: record.pool?.projectId ?? null,
    name: record.pool?.privateName ?? null,
    state: record.state,
    reason: record.reason,
    dueAt: iso(record.dueAt),
    operationId: record.following ?? record.operations.at(-1)?.id ?? null,
    updatedAt: toIso(record.updatedAt),
  }
}

export function viewPoolDetail(record: ArchivalRecord): PoolDetailView {
  return {
    ...viewPool(record),
    operations: record.operations.map(viewOperation),
    history: record.history.map(viewHistory),
  }
}

export function viewOperation(operation: FollowedOperation): OperationView {
  const { id, type, status, progress, details, looks } = operation
  return {
    operationId: id,
    type,
    status,
    submittedAt: iso(operation.submittedAt),
    startedAt: iso(operation.startedAt),
    finishedAt: iso(operation.finishedAt),
    progress,
    details,
    looks,
  }
}

export function viewHistory({
  at,
  state,
  reason,
  detail,
  dueAt,
  times,
  lastAt,
}: HistoryEntry): HistoryView {
  return { at: toIso(at), state, reason, detail, dueAt: iso(dueAt), times, lastAt: toIso(lastAt) }
}

export function iso(instant: Instant): string
export function iso(instant: Instant | null): string | null
export function iso(instant: Instant | null): string | null {
  return instant === null ? null : toIso(instant)
}
