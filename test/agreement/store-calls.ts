import type { AccountState } from '../../functions/application/account-state.ts'
import {
  RecordChanged,
  type AccountStore,
  type ArchivalStore,
  type DueKey,
} from '../../functions/application/ports.ts'
import { anyRecord, type RecordQuery } from '../../functions/application/record-query.ts'
import type { UnreadableRecordError } from '../../functions/application/stored-record.ts'
import { toIso, type Instant } from '../../functions/domain/instant.ts'
import type { ArchivalRecord } from '../../functions/domain/record.ts'

/** What is stored in one place. */
export interface Stores {
  readonly records: ArchivalStore
  readonly account: AccountStore
}

/**
 * A call that can be made anywhere.
 *
 * @returns the answer, without what the port leaves open
 */
export type Play = (stores: Stores) => Promise<unknown>

/** Makes up a call that depends on what is stored already. */
export interface StoreCall {
  /** Shown in a counterexample. */
  readonly text: string
  readonly prepare: (stores: Stores) => Promise<Play>
}

function call(text: string, play: Play): StoreCall {
  return { text, prepare: async () => play }
}

export const get = (poolId: string): StoreCall =>
  call(`get(${poolId})`, ({ records }) => records.get(poolId))

/** The fingerprints come in no order. */
export const getFingerprints = (poolIds: readonly string[]): StoreCall =>
  call(`getFingerprints(${poolIds.join(', ')})`, async ({ records }) =>
    [...(await records.getFingerprints(poolIds))].toSorted(byPoolIdFirst),
  )

/** What is put, but for the version. */
export interface Put {
  readonly poolId: string
  readonly content: Omit<ArchivalRecord, 'poolId' | 'version'>
  /** How far the writer is from the newest version, by mistake or because others have written. */
  readonly behind: number
}

export const put = (wanted: Put): StoreCall => ({
  text: `put(${describePut(wanted)})`,
  prepare: (stores) => preparePut(wanted, stores),
})

async function preparePut({ poolId, content, behind }: Put, { records }: Stores): Promise<Play> {
  const expected = expectVersion((await records.get(poolId))?.version, behind)
  const record = { ...content, poolId, version: expected + 1 }
  return async (stores) => {
    try {
      return await stores.records.put(record, expected)
    } catch (error) {
      if (!(error instanceof RecordChanged)) throw error
      return { name: error.name, message: error.message, current: error.current }
    }
  }
}

function expectVersion(newest = 0, behind: number): number {
  return Math.max(0, newest - behind)
}

/** Which records a list is of. */
export type Filter = Omit<RecordQuery, 'after' | 'limit'>

/**
 * All pages. The order of the records is the store's own, but for when they are due if that is
 * asked for; how many a page has is not.
 */
export const list = (filter: Filter, limit: number): StoreCall =>
  call(`list(${describeFilter(filter)}, ${limit} a page)`, async ({ records }) => {
    const pages = await readPages(records, filter, limit)
    return {
      lengths: pages.map(({ length }) => length),
      dueAt: filter.dueUntil !== null && pages.flat().map(({ dueAt }) => dueAt),
      records: pages.flat().toSorted(byPoolId),
    }
  })

/** All pages, without the order of what is on them. */
export const readAll = (limit: number): StoreCall =>
  call(`readAll(${limit} a page)`, async ({ records }) => {
    const found: (ArchivalRecord | UnreadableRecordError)[] = []
    for (let after: string | null = null, pages = 0; ; pages += 1) {
      if (pages === mostPages) throw new Error('The list does not end.')
      const { readings, next } = await records.readAll(after, limit)
      found.push(...readings)
      if (next === null) return found.toSorted(byPoolId)
      after = next
    }
  })

/**
 * All pages, with writes after the first. What is written for the first time comes or does not; in
 * a list that is filtered, what was there and is written again as well.
 */
export const listWhile = (filter: Filter, limit: number, puts: readonly Put[]): StoreCall => ({
  text: `list(${describeFilter(filter)}, ${limit} a page; after the first put ${puts.map(describePut).join('; ')})`,
  prepare: async (before) => {
    const known = new Set(await readPoolIds(before.records))
    const written = new Set(puts.map(({ poolId }) => poolId))
    const plays: Play[] = []
    for (const each of puts) plays.push(await preparePut(each, before))
    return async (stores) => {
      const answers: unknown[] = []
      const pages = await readPages(stores.records, filter, limit, async () => {
        for (const play of plays) answers.push(await play(stores))
      })
      const seen = pages.flat().toSorted(byPoolId)
      const seenIds = seen.map(({ poolId }) => poolId)
      return {
        isWithinLimit: pages.every(({ length }) => length <= limit),
        untouched: seen.filter(({ poolId }) => !written.has(poolId)),
        known: isUnfiltered(filter) && seenIds.filter((poolId) => known.has(poolId)),
        answers,
      }
    }
  },
})

async function readPoolIds(store: ArchivalStore): Promise<readonly string[]> {
  const pages = await readPages(store, anyRecord, 100)
  return pages.flat().map(({ poolId }) => poolId)
}

function isUnfiltered(filter: Filter): boolean {
  const { state, reason, projectId, dueUntil } = filter
  return [state, reason, projectId, dueUntil].every((wanted) => wanted === null)
}

function describeFilter({ state, reason, projectId, dueUntil }: Filter): string {
  const due = dueUntil === null ? 'at any time' : `due until ${toIso(dueUntil)}`
  return `${state ?? 'any state'}, ${reason ?? 'any reason'}, project ${projectId ?? 'any'}, ${due}`
}

const mostPages = 100

async function readPages(
  store: ArchivalStore,
  filter: Filter,
  limit: number,
  afterFirst = async (): Promise<void> => {},
): Promise<readonly (readonly ArchivalRecord[])[]> {
  const pages: (readonly ArchivalRecord[])[] = []
  let after: string | null = null
  do {
    if (pages.length === mostPages) throw new Error('The list does not end.')
    const page = await store.list({ ...filter, after, limit })
    if (pages.push(page.records) === 1) await afterFirst()
    after = page.next
  } while (after !== null)
  return pages
}

/** Of those that are due at the same time, any may come first, or be the one too many. */
export const overdue = (until: Instant, limit: number): StoreCall =>
  call(`overdue(${toIso(until)}, ${limit})`, async ({ records }) => {
    const found = await records.overdue(until, limit)
    const isFull = found.length === limit
    const sure = found.filter(({ dueAt }) => !isFull || dueAt !== found.at(-1)?.dueAt)
    return { dueAt: found.map(({ dueAt }) => toIso(dueAt)), sure: sure.toSorted(byPoolId) }
  })

/** Of those that were written at the same time, any may come first, or be the one too many. */
export const archivedSince = (since: Instant, limit: number): StoreCall =>
  call(`archivedSince(${toIso(since)}, ${limit})`, async ({ records }) => {
    const all = await records.archivedSince(since, 1000)
    const some = await records.archivedSince(since, limit)
    return {
      all: all.toSorted(),
      some: some.length,
      areAmongAll: some.every((id) => all.includes(id)),
    }
  })

/** They come in no order, so what is one too many is open as well. */
export const unannounced = (limit: number): StoreCall =>
  call(`unannounced(${limit})`, async ({ records }) => {
    const all = await records.unannounced(1000)
    const some = new Set(await records.unannounced(limit))
    return {
      all: all.toSorted(),
      some: some.size,
      areAmongAll: [...some].every((poolId) => all.includes(poolId)),
    }
  })

export const readAccount = (): StoreCall => call('account.read()', ({ account }) => account.read())

export const writeAccount = (
  content: Omit<AccountState, 'version'>,
  behind: number,
): StoreCall => ({
  text: `account.write(${describeVersion(behind)})`,
  prepare: async ({ account }) => {
    const expected = expectVersion((await account.read()).version, behind)
    return (stores) => stores.account.write({ ...content, version: expected + 1 }, expected)
  },
})

function describePut({ poolId, content, behind }: Put): string {
  const { state, reason, pool, dueAt, fingerprint, outbox } = content
  const due = dueAt === null ? '' : ` due ${toIso(dueAt)}`
  const project = pool === null ? '' : ` of project ${pool.projectId}`
  const parked = fingerprint === null ? '' : ', parked'
  const waiting = outbox.length === 0 ? '' : `, ${outbox.length} to announce`
  return `${poolId} ${describeVersion(behind)}: ${state} for ${reason}${project}${due}${parked}${waiting}`
}

function describeVersion(behind: number): string {
  if (behind === 0) return 'over the newest'
  return behind < 0 ? `${-behind} too far` : `${behind} too late`
}

function byPoolId(one: Pick<DueKey, 'poolId'>, other: Pick<DueKey, 'poolId'>): number {
  return one.poolId < other.poolId ? -1 : 1
}

function byPoolIdFirst([one]: readonly [string, unknown], [other]: readonly [string, unknown]) {
  return one < other ? -1 : 1
}
