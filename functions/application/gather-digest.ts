import { plannedReasons } from '../domain/apply-decision.ts'
import { archivedAt, isArchivedByUs } from '../domain/archived.ts'
import {
  aheadMs,
  listLength,
  type ArchivedPool,
  type Digest,
  type Listed,
  type ListedPool,
} from '../domain/digest.ts'
import { dayMs, type Instant } from '../domain/instant.ts'
import type { ArchivalRecord } from '../domain/record.ts'
import type { ReasonCode } from '../domain/reasons.ts'
import type { State } from '../domain/states.ts'
import { isLimitReached } from './account.ts'
import type { Dependencies } from './dependencies.ts'
import { oneOfMany } from './one-of-many.ts'
import type { DueKey } from './ports.ts'
import { anyRecord } from './record-query.ts'
import { UnreadableRecordError } from './stored-record.ts'

/** Records of one list that are read at the most: a digest must not cost more than a sweep. */
const mostRead = 2_000
/** Keys out of an index, which cost little. */
const mostKeys = 50_000
const pageLength = 100
const mostPages = mostRead / pageLength
/** Later than any look at a pool. */
const distantMs = 3_700 * dayMs

/** From the first instant up to the second, which is of the next span. */
export interface Span {
  readonly since: Instant
  readonly until: Instant
}

/** Waits at whose end the pool is archived, unless something else has happened. */
const firmReasons: ReadonlySet<string> = new Set<ReasonCode>([
  'grace-period',
  'exam-window',
  'appeal-window',
  'daily-limit',
])

/** What there is to tell of a span of time and of now, out of the indexes of the store. */
export async function gatherDigest(dependencies: Dependencies, span: Span): Promise<Digest> {
  const { account, clock, settings, store } = dependencies
  const state = await account.read()
  const now = clock.now()
  const keys = await store.overdue(now + distantMs, mostKeys)
  const isAtLeast = keys.length === mostKeys
  const listKeys = async (fits: (key: DueKey) => boolean): Promise<Listed<ListedPool>> => {
    const fitting = keys.filter(fits)
    const first = await readAll(dependencies, fitting.slice(0, listLength))
    return { count: fitting.length, isAtLeast, first: first.map(toListed) }
  }

  return {
    since: span.since,
    standstill: {
      observing: settings.observing,
      pausedBy: state.paused?.by ?? null,
      deniedSince: state.denied?.since ?? null,
      deferred:
        !settings.observing && isLimitReached(state, dependencies) ? state.day.deferred : null,
    },
    archived: await listArchived(dependencies, span),
    planned: await listOf(dependencies, 'waiting', (record) => isPlannedIn(span, record)),
    next: await listKeys(({ reason, dueAt }) => firmReasons.has(reason) && dueAt <= now + aheadMs),
    observed: await listKeys(({ reason }) => reason === 'observe-mode'),
    attention: await listOf(dependencies, 'attention', () => true),
    held: await listOf(dependencies, 'held', () => true),
  }
}

async function listArchived(dependencies: Dependencies, span: Span): Promise<Listed<ArchivedPool>> {
  const poolIds = await dependencies.store.archivedSince(span.since, mostRead)
  const keys = poolIds.map((poolId) => ({ poolId }))
  const records = await readAll(dependencies, keys)
  // Something may still become known of a pool that was archived before.
  const archived = records.filter((record) => isWithin(span, archivedAt(record)))
  return {
    count: archived.length,
    isAtLeast: poolIds.length === mostRead,
    first: archived
      .slice(0, listLength)
      .map((record) => Object.assign(toListed(record), { byUs: isArchivedByUs(record) })),
  }
}

/** The records of a state that fit, in the order of the store. */
async function listOf(
  dependencies: Dependencies,
  state: State,
  fits: (record: ArchivalRecord) => boolean,
): Promise<Listed<ListedPool>> {
  const found: ListedPool[] = []
  let after: string | null = null
  let pages = 0
  do {
    const page = await readPage(dependencies, state, after)
    if (page === null) return { count: found.length, isAtLeast: true, first: found }
    found.push(...page.records.filter(fits).map(toListed))
    pages += 1
    after = page.next
  } while (after !== null && pages < mostPages)
  return { count: found.length, isAtLeast: after !== null, first: found }
}

/** Null if a record of the page cannot be read: what comes after it is not listed. */
async function readPage({ store, journal }: Dependencies, state: State, after: string | null) {
  try {
    return await store.list({ ...anyRecord, state, after, limit: pageLength })
  } catch (error) {
    if (!(error instanceof UnreadableRecordError)) throw error
    journal.write('RECORD_UNREADABLE', { poolId: error.poolId, problem: error.message })
    return null
  }
}

async function readAll(
  dependencies: Dependencies,
  keys: readonly Pick<DueKey, 'poolId'>[],
): Promise<readonly ArchivalRecord[]> {
  const records: ArchivalRecord[] = []
  for (const { poolId } of keys) {
    const record = await oneOfMany(dependencies, poolId, () => dependencies.store.get(poolId))
    if (record) records.push(record)
  }
  return records
}

/** The last entry of the history is as old as the reason for which the pool waits. */
function isPlannedIn(span: Span, { reason, history }: ArchivalRecord): boolean {
  return plannedReasons.has(reason) && isWithin(span, history.at(-1)?.at ?? null)
}

function isWithin({ since, until }: Span, at: Instant | null): boolean {
  return at !== null && at >= since && at < until
}

function toListed({ poolId, pool, reason, dueAt }: ArchivalRecord): ListedPool {
  return { poolId, name: pool?.privateName ?? null, reason, dueAt }
}
