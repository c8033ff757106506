import type { AccountState } from '../../functions/application/account-state.ts'
import {
  RecordChanged,
  type AccountStore,
  type ArchivalStore,
  type DueKey,
} from '../../functions/application/ports.ts'
import { toIso, type Instant } from '../../functions/domain/instant.ts'
import type { ArchivalRecord } from '../../functions/domain/record.ts'
import type { State } from '../../functions/domain/states.ts'

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

/** All pages. The order of the records is the store's own; how many a page has is not. */
export const list = (state: State | null, limit: number): StoreCall =>
  call(`list(${state}, ${limit} a page)`, async ({ records }) => {
    const pages = await readPages(records, state, limit)
    return { lengths: pages.map(({ length }) => length), records: pages.flat().toSorted(byPoolId) }
  })

/**
 * All pages, with writes after the first. What is written for the first time comes or does not; in
 * the list of one state, what was there and is written again as well.
 */
export const listWhile = (state: State | null, limit: number, puts: readonly Put[]): StoreCall => ({
  text: `list(${state}, ${limit} a page; after the first put ${puts.map(describePut).join('; ')})`,
  prepare: async (before) => {
    const known = new Set(await readPoolIds(before.records))
    const written = new Set(puts.map(({ poolId }) => poolId))
    const plays: Play[] = []
    for (const each of puts) plays.push(await preparePut(each, before))
    return async (stores) => {
      const answers: unknown[] = []
      const pages = await readPages(stores.records, state, limit, async () => {
        for (const play of plays) answers.push(await play(stores))
      })
      const seen = pages.flat().toSorted(byPoolId)
      const seenIds = seen.map(({ poolId }) => poolId)
      return {
        isWithinLimit: pages.every(({ length }) => length <= limit),
        untouched: seen.filter(({ poolId }) => !written.has(poolId)),
        known: state === null && seenIds.filter((poolId) => known.has(poolId)),
        answers,
      }
    }
  },
})

async function readPoolIds(store: ArchivalStore): Promise<readonly string[]> {
  const pages = await readPages(store, null, 100)
  return pages.flat().map(({ poolId }) => poolId)
}

const mostPages = 100

async function readPages(
  store: ArchivalStore,
  state: State | null,
  limit: number,
  afterFirst = async (): Promise<void> => {},
): Promise<readonly (readonly ArchivalRecord[])[]> {
  const pages: (readonly ArchivalRecord[])[] = []
  let after: string | null = null
  do {
    if (pages.length === mostPages) throw new Error('The list does not end.')
    const page = await store.list({ state, after, limit })
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
  const { state, dueAt, fingerprint, outbox } = content
  const due = dueAt === null ? '' : ` due ${toIso(dueAt)}`
  const parked = fingerprint === null ? '' : ', parked'
  const waiting = outbox.length === 0 ? '' : `, ${outbox.length} to announce`
  return `${poolId} ${describeVersion(behind)}: ${state}${due}${parked}${waiting}`
}

function describeVersion(behind: number): string {
  if (behind === 0) return 'over the newest'
  return behind < 0 ? `${-behind} too far` : `${behind} too late`
}

function byPoolId(one: ArchivalRecord | DueKey, other: ArchivalRecord | DueKey): number {
  return one.poolId < other.poolId ? -1 : 1
}

function byPoolIdFirst([one]: readonly [string, unknown], [other]: readonly [string, unknown]) {
  return one < other ? -1 : 1
}
