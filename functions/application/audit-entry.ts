import { archivedAt } from '../domain/archived.ts'
import type { Instant } from '../domain/instant.ts'
import type { FollowedOperation } from '../domain/operation.ts'
import { isOwnOperation, isRequest } from '../domain/own-operation.ts'
import type { ReasonCode } from '../domain/reasons.ts'
import type { ArchivalRecord } from '../domain/record.ts'
import type { State } from '../domain/states.ts'
import { appealWindowMs } from '../domain/waits.ts'
import { viewHold, viewOverride, type HoldView, type OverrideView } from './operator-words-view.ts'
import {
  iso,
  viewHistory,
  viewOperation,
  type HistoryView,
  type OperationView,
} from './pool-view.ts'
import type { UnreadableRecordError } from './stored-record.ts'

/**
 * What became of a pool, and why, as one line of the audit; docs/records.md explains each field.
 * Ids are strings, instants ISO 8601 with `Z`, absent values null.
 */
export interface AuditEntry {
  readonly poolId: string
  readonly projectId: string | null
  readonly name: string | null
  readonly state: State | null
  readonly reason: ReasonCode | null
  readonly detail: string | null
  readonly archivedBy: 'archiver' | 'somebody-else' | null
  readonly archivedAt: string | null
  readonly requestedAt: string | null
  readonly grounds: string | null
  readonly closeReason: string | null
  readonly closedAt: string | null
  readonly newestRejectionAt: string | null
  readonly appealWindowEndsAt: string | null
  readonly readAt: string | null
  readonly attempts: number | null
  readonly operations: readonly AuditedOperation[]
  readonly hold: HoldView | null
  readonly override: OverrideView | null
  readonly history: readonly HistoryView[]
  readonly problem: string | null
}

export interface AuditedOperation extends OperationView {
  /** When it became known here. */
  readonly knownAt: string
  readonly isOurs: boolean
}

export function auditRecord(record: ArchivalRecord): AuditEntry {
  const { poolId, pool, state, reason, detail, attempts, operations, history, hold, override } =
    record
  const request = history.findLast(isRequest)
  return {
    poolId,
    projectId: pool?.projectId ?? null,
    name: pool?.privateName ?? null,
    state,
    reason,
    detail,
    ...auditEnd(record),
    requestedAt: iso(request?.lastAt ?? null),
    grounds: request?.detail ?? null,
    closeReason: pool?.lastCloseReason ?? null,
    closedAt: iso(pool?.lastStoppedAt ?? null),
    newestRejectionAt: iso(pool?.newestRejectionAt ?? null),
    appealWindowEndsAt: iso(appealWindowEnd(record)),
    readAt: iso(pool?.readAt ?? null),
    attempts,
    operations: operations.map((operation) => auditOperation(record, operation)),
    hold: hold && viewHold(hold),
    override: override && viewOverride(override),
    history: history.map(viewHistory),
    problem: null,
  }
}

/** A line that says why there is no better one: an audit must not leave out what it cannot read. */
export function auditUnreadable({ poolId, message }: UnreadableRecordError): AuditEntry {
  return {
    poolId,
    projectId: null,
    name: null,
    state: null,
    reason: null,
    detail: null,
    archivedBy: null,
    archivedAt: null,
    requestedAt: null,
    grounds: null,
    closeReason: null,
    closedAt: null,
    newestRejectionAt: null,
    appealWindowEndsAt: null,
    readAt: null,
    attempts: null,
    operations: [],
    hold: null,
    override: null,
    history: [],
    problem: message,
  }
}

/** As `confirmation` in the domain: an operation that did not fail tells who it was. */
function auditEnd(record: ArchivalRecord): Pick<AuditEntry, 'archivedBy' | 'archivedAt'> {
  const { state, operations, updatedAt } = record
  if (state !== 'archived') return { archivedBy: null, archivedAt: null }
  const able = operations.filter(({ status }) => status !== 'FAIL')
  const ours = able.findLast((operation) => isOwnOperation(record, operation))
  return {
    archivedBy: ours ? 'archiver' : 'somebody-else',
    archivedAt: iso(finishedAt(ours ?? able.at(-1)) ?? archivedAt(record) ?? updatedAt),
  }
}

/** Toloka has shown finish dates of what was running, and before the submission: those do not count. */
function finishedAt(operation: FollowedOperation | undefined): Instant | null {
  if (operation?.status !== 'SUCCESS' || operation.finishedAt === null) return null
  return operation.finishedAt < (operation.submittedAt ?? -Infinity) ? null : operation.finishedAt
}

/** Of the newest rejection that still counts, or else the end that was last waited for. */
function appealWindowEnd({ pool, history }: ArchivalRecord): Instant | null {
  const rejectedAt = pool?.newestRejectionAt ?? null
  if (rejectedAt !== null) return rejectedAt + appealWindowMs
  return history.findLast(({ reason }) => reason === 'appeal-window')?.dueAt ?? null
}

function auditOperation(record: ArchivalRecord, operation: FollowedOperation): AuditedOperation {
  const isOurs = isOwnOperation(record, operation)
  return { ...viewOperation(operation), knownAt: iso(operation.knownAt), isOurs }
}
