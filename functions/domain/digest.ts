import { hourMs, toIso, type Instant } from './instant.ts'
import { toOneLine } from './visible-text.ts'
import { reasons, type ReasonCode } from './reasons.ts'
import { cutTo } from './shorten.ts'

/** What people are told once a day. */
export interface Digest {
  /** What came before was told already. */
  readonly since: Instant
  readonly standstill: Standstill
  readonly archived: Listed<ArchivedPool>
  readonly planned: Listed<ListedPool>
  /** What the facts allow to archive within `aheadMs`. */
  readonly next: Listed<ListedPool>
  /** Would be archived now, did the archiver not only watch. */
  readonly observed: Listed<ListedPool>
  readonly attention: Listed<ListedPool>
  readonly held: Listed<ListedPool>
}

/** Why nothing is archived now; null for what does not keep it. */
export interface Standstill {
  readonly observing: boolean
  readonly pausedBy: string | null
  /** Since when Toloka does not accept the token. */
  readonly deniedSince: Instant | null
  /** How many pools wait for another day because of today's limit. */
  readonly deferred: number | null
}

export interface Listed<Item> {
  readonly count: number
  /** There are more than were counted. */
  readonly isAtLeast: boolean
  /** The first of them. */
  readonly first: readonly Item[]
}

export interface ListedPool {
  readonly poolId: string
  readonly name: string | null
  readonly reason: ReasonCode
  readonly dueAt: Instant | null
}

export interface ArchivedPool extends ListedPool {
  /** Else by somebody else, or by Toloka itself. */
  readonly byUs: boolean
}

/** How far ahead a digest looks. */
export const aheadMs = 24 * hourMs
/** Lines of a list; of the rest it is said how many there are. */
export const listLength = 20
/** Bytes of a name. */
const nameLength = 80

/** Null if there is nothing that anybody has to be told. */
export function composeDigest(digest: Digest): { subject: string; text: string } | null {
  const subject = composeSubject(digest)
  if (subject === '') return null
  const { since, standstill, archived, planned, next, observed, attention, held } = digest
  const isStill = describeStandstill(standstill)
  const would = isStill.length > 0 ? 'Would be archived' : 'Will be archived'
  const sections = [
    isStill,
    section(`Archived since ${toMinute(since)}`, archived, describeArchived),
    section('Newly planned', planned, describePlanned),
    section('Would be archived now', observed, describeName),
    section(`${would} in the next 24 hours, if nothing comes between`, next, describePlanned),
    section('Needs attention', attention, describeReason),
    section('Held', held, describeReason),
  ]
  const text = sections.filter((lines) => lines.length > 0).map((lines) => lines.join('\n'))
  return { subject, text: `${text.join('\n\n')}\n` }
}

/** Empty if nothing happened, nothing is going to, and nobody is needed. */
function composeSubject({ standstill, archived, planned, next, observed, attention }: Digest) {
  const parts = [
    countOf(archived, 'archived'),
    countOf(planned, 'newly planned'),
    countOf(observed, 'would be archived now'),
    countOf(next, 'in the next 24 hours'),
    attention.count === 0
      ? null
      : `${describeCount(attention)} need${attention.count === 1 ? 's' : ''} attention`,
    standstill.deniedSince === null ? null : 'Toloka does not accept the token',
  ]
  return parts.filter((part) => part !== null).join(', ')
}

function countOf(listed: Listed<ListedPool>, what: string): string | null {
  return listed.count === 0 ? null : `${describeCount(listed)} ${what}`
}

function describeStandstill(standstill: Standstill): readonly string[] {
  const { observing, pausedBy, deniedSince, deferred } = standstill
  const lines = [
    observing ? 'The archiver only watches (ARCHIVE_MODE=observe): nothing is archived.' : null,
    pausedBy === null ? null : `Archiving is paused by ${toOneLine(pausedBy)}.`,
    deniedSince === null
      ? null
      : `Toloka has not accepted the token since ${toMinute(deniedSince)}: nothing is archived.`,
    deferred === null
      ? null
      : `The limit of archive requests for today is reached; put off so far: ${deferred}.`,
  ]
  return lines.filter((line) => line !== null)
}

function section<Item>(
  title: string,
  listed: Listed<Item>,
  describe: (item: Item) => string,
): readonly string[] {
  const { count, isAtLeast, first } = listed
  if (count === 0) return []
  const shown = first.slice(0, listLength)
  const rest = count - shown.length
  return [
    `${title}: ${describeCount(listed)}`,
    ...shown.map((item) => `- ${describe(item)}`),
    ...(rest > 0 ? [`- and ${rest} more${isAtLeast ? ', or even more' : ''}`] : []),
  ]
}

function describeCount({ count, isAtLeast }: Listed<unknown>): string {
  return isAtLeast ? `${count} or more` : String(count)
}

function describeName({ poolId, name }: ListedPool): string {
  const line = cutTo(nameLength, toOneLine(name ?? ''))
  return line === '' ? poolId : `${poolId} ${line}`
}

function describeArchived(pool: ArchivedPool): string {
  return `${describeName(pool)}${pool.byUs ? '' : ' (not by this archiver)'}`
}

function describePlanned(pool: ListedPool): string {
  const at = pool.dueAt === null ? '' : `, ${toMinute(pool.dueAt)}`
  return `${describeName(pool)}${at} (${pool.reason})`
}

function describeReason(pool: ListedPool): string {
  return `${describeName(pool)} (${pool.reason}): ${reasons[pool.reason]}`
}

/** Such as `2026-01-05 10:00 UTC`. */
function toMinute(instant: Instant): string {
  return `${toIso(instant).slice(0, 16).replace('T', ' ')} UTC`
}
