import type { ExplainedRow } from '../domain/explain-rule.ts'
import { toIso, type Instant } from '../domain/instant.ts'
import { reasons, type ReasonCode } from '../domain/reasons.ts'
import type { AnsweredError, ArchivalRecord } from '../domain/record.ts'
import { appealWindowMs } from '../domain/waits.ts'
import type { Explanation } from './explain.ts'
import { viewHold, viewOverride, type HoldView, type OverrideView } from './operator-words-view.ts'
import { iso, viewPoolDetail, type PoolDetailView } from './pool-view.ts'

/** All that explains one pool. Ids are strings, instants ISO 8601 with `Z`, absent values null. */
export interface ExplanationView {
  readonly poolId: string
  /** What the rule says by what Toloka says now; null if Toloka said nothing. */
  readonly verdict: VerdictView | null
  /** Why Toloka said nothing; null if it did. */
  readonly trouble: string | null
  readonly facts: FactsView | null
  readonly rule: readonly RuleRowView[]
  /** What the archiver knows; null if it has never seen the pool. */
  readonly record: RecordView | null
}

export interface VerdictView {
  readonly action: 'finish' | 'watch' | 'hold' | 'wait' | 'archive'
  readonly reason: ReasonCode
  readonly text: string
  /** When the rule looks again; null if the facts name no time. */
  readonly until: string | null
}

/** What Toloka said, and when it was read. */
export interface FactsView {
  readonly readAt: string
  readonly projectId: string
  readonly name: string | null
  readonly status: string
  readonly closeReason: string | null
  readonly startedAt: string | null
  readonly closedAt: string | null
  /** Status of an answer that somebody works on or has to review; null if there is none, or none was looked for. */
  readonly pendingWork: string | null
  readonly newestRejectionAt: string | null
  /** Nine days after the newest rejection, without the margin. */
  readonly appealWindowEndsAt: string | null
}

export interface RuleRowView {
  readonly reason: ReasonCode
  readonly text: string
  readonly outcome: ExplainedRow['outcome']
}

export interface RecordView extends PoolDetailView {
  readonly text: string
  readonly detail: string | null
  /** A person should look at it. */
  readonly warning: boolean
  readonly hold: HoldView | null
  /** "Archive now"; null if nobody said so. */
  readonly override: OverrideView | null
  /** Archive requests so far. */
  readonly attempts: number
  readonly lastError: (Omit<AnsweredError, 'at'> & { readonly at: string }) | null
}

export function viewExplanation({
  poolId,
  record,
  found,
  trouble,
  readAt,
}: Explanation): ExplanationView {
  return {
    poolId,
    verdict: found && viewVerdict(found.look.verdict),
    trouble: trouble?.message ?? null,
    facts: found && viewFacts(found.look, readAt),
    rule: (found?.rows ?? []).map(({ reason, outcome }) => ({
      reason,
      text: reasons[reason],
      outcome,
    })),
    record: record && viewRecord(record),
  }
}

type Found = NonNullable<Explanation['found']>

function viewVerdict(verdict: Found['look']['verdict']): VerdictView {
  const { action, reason } = verdict
  const until = 'until' in verdict ? iso(verdict.until) : null
  return { action, reason, text: reasons[reason], until }
}

function viewFacts({ pool, assignments }: Found['look'], readAt: Instant): FactsView {
  const rejectedAt = assignments.rejections?.found?.rejectedAt ?? null
  return {
    readAt: toIso(readAt),
    projectId: pool.projectId,
    name: pool.privateName,
    status: pool.status,
    closeReason: pool.lastCloseReason,
    startedAt: iso(pool.lastStartedAt),
    closedAt: iso(pool.lastStoppedAt),
    pendingWork: assignments.pendingWork?.status ?? null,
    newestRejectionAt: iso(rejectedAt),
    appealWindowEndsAt: rejectedAt === null ? null : iso(rejectedAt + appealWindowMs),
  }
}

/** What the archiver knows of a pool. */
export function viewRecord(record: ArchivalRecord): RecordView {
  const { reason, detail, warning, hold, override, attempts, lastError } = record
  return {
    ...viewPoolDetail(record),
    text: reasons[reason],
    detail,
    warning,
    hold: hold && viewHold(hold),
    override: override && viewOverride(override),
    attempts,
    lastError: lastError && { ...lastError, at: toIso(lastError.at) },
  }
}
