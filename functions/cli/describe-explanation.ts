import type { Settings } from '../application/dependencies.ts'
import type { Explanation } from '../application/explain.ts'
import { escapeInvisible } from '../domain/visible-text.ts'
import type { ExplainedRow } from '../domain/explain-rule.ts'
import type { Instant } from '../domain/instant.ts'
import type { FollowedOperation } from '../domain/operation.ts'
import type { Override } from '../domain/override.ts'
import type { Hold } from '../domain/policy.ts'
import { reasons } from '../domain/reasons.ts'
import type { ArchivalRecord, HistoryEntry } from '../domain/record.ts'
import { appealWindowMs } from '../domain/waits.ts'
import { describeTrouble } from './describe-trouble.ts'
import { table } from './table.ts'
import type { Colour, Paint } from './terminal.ts'
import { minute, when } from './words.ts'

const marks: Readonly<Record<ExplainedRow['outcome'], readonly [Colour, string]>> = {
  passed: ['green', 'pass'],
  'passed-over': ['yellow', 'skip'],
  'stands-in-the-way': ['red', 'fail'],
  'not-reached': ['dim', ' -  '],
}

/** One screen about one pool: the answer first, then what it rests on. */
export function describeExplanation(
  explanation: Explanation,
  { observing }: Settings,
  paint: Paint,
): string {
  const { poolId, record, found, trouble, readAt } = explanation
  const name = found?.look.pool.privateName ?? record?.pool?.privateName ?? ''
  const parts = [
    [paint('bold', `Pool ${poolId}  ${escapeInvisible(name)}`.trimEnd())],
    [answer(explanation, observing)],
    trouble
      ? [paint('red', `Toloka could not be asked: ${escapeInvisible(describeTrouble(trouble))}`)]
      : [],
    found ? facts(found.look, readAt, paint) : [],
    found && found.look.verdict.action !== 'finish' ? rule(found.rows, paint) : [],
    record ? knowledge(record, readAt, paint) : [],
  ]
  return parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')
}

/** The whole story in a sentence or two. */
function answer({ record, found, readAt }: Explanation, observing: boolean): string {
  const verdict = found?.look.verdict
  const next = record?.dueAt ? `Next look: ${when(record.dueAt, readAt)}.` : ''
  if (record?.state === 'archived') {
    return escapeInvisible(record.detail ?? 'Archived.')
  }
  if (record === null) {
    return `The archiver has not seen it yet. ${verdict ? reasons[verdict.reason] : ''}`.trim()
  }
  const isOurs = verdict === undefined || verdict.action === 'archive'
  const why = isOurs ? record.reason : verdict.reason
  const watched = observing && why === 'eligible' ? ' The archiver only watches.' : ''
  return `Not archived: ${reasons[why]}${watched} ${next}`.trim()
}

function facts({ pool, assignments }: FoundLook, readAt: Instant, paint: Paint): string[] {
  const rejectedAt = assignments.rejections?.found?.rejectedAt ?? null
  const pending = assignments.pendingWork
  const rows = [
    ['Status', pool.status],
    ['Project', pool.projectId],
    ['Close reason', pool.lastCloseReason ?? '–'],
    ['Started', when(pool.lastStartedAt, readAt)],
    ['Closed', when(pool.lastStoppedAt, readAt)],
    ['Pending work', pending === undefined ? 'not asked' : (pending?.status ?? 'none')],
    ['Newest rejection', assignments.rejections ? when(rejectedAt, readAt) : 'not asked'],
  ]
  if (rejectedAt !== null) rows.push(['Appeals end', when(rejectedAt + appealWindowMs, readAt)])
  const title = paint('bold', `What Toloka says (read at ${minute(readAt)} UTC)`)
  return [title, indented(rows.map(([key = '', value = '']) => [key, escapeInvisible(value)]))]
}

type FoundLook = NonNullable<Explanation['found']>['look']

function rule(rows: readonly ExplainedRow[], paint: Paint): string[] {
  const lines = rows.map(({ reason, outcome }) => {
    const [colour, mark] = marks[outcome]
    return [paint(colour, mark), reason, outcome === 'stands-in-the-way' ? reasons[reason] : '']
  })
  return [paint('bold', 'The rule'), indented(lines)]
}

function knowledge(record: ArchivalRecord, now: Instant, paint: Paint): string[] {
  const { state, reason, detail, dueAt, hold, override, operations, lastError, history } = record
  const rows = [
    ['State', `${state} (${reason})`],
    ...(detail === null ? [] : [['Detail', detail]]),
    ['Next look', when(dueAt, now)],
    ...(hold ? [['Hold', describeHold(hold, now)]] : []),
    ...(override ? [['Archive now', describeOverride(override)]] : []),
    ...operations.map((operation) => ['Operation', describeOperation(operation)]),
    ...(lastError
      ? [['Last error', `${minute(lastError.at)} ${lastError.call}: ${lastError.message}`]]
      : []),
  ]
  return [
    paint('bold', 'What the archiver knows'),
    indented(rows.map(([key = '', value = '']) => [key, escapeInvisible(value)])),
    '',
    paint('bold', 'What happened (UTC)'),
    indented(history.map(describeEntry)),
  ]
}

function describeHold({ by, reason, since, until }: Hold, now: Instant): string {
  const isOver = until !== 'for-ever' && until <= now
  const end = until === 'for-ever' ? 'until it is released' : `until ${minute(until)}`
  return `${isOver ? 'EXPIRED, ' : ''}by ${by} since ${minute(since)}, ${end}: ${reason}`
}

function describeOverride({ by, since, despite }: Override): string {
  const what = despite === null ? '' : `, in spite of ${despite}`
  return `said by ${by} at ${minute(since)}${what}`
}

function describeOperation({ id, status, submittedAt, finishedAt }: FollowedOperation): string {
  const end = finishedAt === null ? '' : `, finished ${minute(finishedAt)}`
  return `${id} ${status}, submitted ${minute(submittedAt)}${end}`
}

function describeEntry({ at, state, reason, detail, times }: HistoryEntry): string[] {
  const often = times > 1 ? `(${times} times)` : ''
  return [minute(at), state, reason, escapeInvisible([detail, often].filter(Boolean).join(' '))]
}

function indented(rows: readonly (readonly string[])[]): string {
  return rowsOf(rows)
    .split('\n')
    .map((line) => `  ${line}`.trimEnd())
    .join('\n')
}

function rowsOf(rows: readonly (readonly string[])[]): string {
  return table([], rows, (_colour, text) => text)
}
