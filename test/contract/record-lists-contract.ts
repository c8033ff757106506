import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import type { ArchivalStore } from '../../functions/application/ports.ts'
import {
  anyRecord,
  fitsQuery,
  UnknownPlaceError,
  type RecordQuery,
} from '../../functions/application/record-query.ts'
import { hourMs } from '../../functions/domain/instant.ts'
import type { ArchivalRecord } from '../../functions/domain/record.ts'
import type { ArchivalStoreFixture } from './archival-store-contract.ts'
import { decideAgain, makePool, makeRecord, start } from './records.ts'

/** What every store of archival records must list. `open` gives an empty one. */
export function describeRecordLists(name: string, open: () => Promise<ArchivalStoreFixture>): void {
  describe(`${name} lists records`, () => {
    let fixture: ArchivalStoreFixture
    let store: ArchivalStore

    beforeEach(async () => {
      fixture = await open()
      store = fixture.store
    })
    afterEach(async () => fixture.close())

    const putAll = async (records: readonly ArchivalRecord[]): Promise<void> => {
      for (const record of records) await store.put(record, 0)
    }

    test('lists every record once, page by page, even while others are stored and move', async () => {
      const poolIds = Array.from({ length: 10 }, (_, index) => String(11 + index))
      await putAll(poolIds.map((poolId) => makeRecord(poolId)))
      const seen: string[] = []
      let after: string | null = null
      do {
        const page = await store.list({ ...anyRecord, after, limit: 4 })
        expect(page.records.length).toBeLessThanOrEqual(4)
        seen.push(...page.records.map(({ poolId }) => poolId))
        after = page.next
        if (seen.length === 4) {
          await store.put(makeRecord('10'), 0)
          const moved = { transition: 'hold', reason: 'keep-marker', dueAt: start } as const
          for (const poolId of poolIds) await store.put(decideAgain(makeRecord(poolId), moved), 1)
        }
      } while (after !== null)

      expect(seen.filter((poolId) => poolId !== '10').toSorted()).toEqual(poolIds)
    })

    test('says that a page is the last when exactly as many are left', async () => {
      await putAll([makeRecord('11'), makeRecord('12')])

      for (const state of [null, 'waiting'] as const) {
        const query = { ...anyRecord, state }
        const whole = await store.list({ ...query, limit: 2 })
        const first = await store.list({ ...query, limit: 1 })
        const second = await store.list({ ...query, after: first.next, limit: 1 })

        expect(whole).toMatchObject({ records: { length: 2 }, next: null })
        expect(first).toMatchObject({ records: { length: 1 }, next: expect.any(String) })
        expect(second).toMatchObject({ records: { length: 1 }, next: null })
      }
    })

    test('lists the records of one state', async () => {
      await putAll(
        ['11', '12', '13', '14'].map((poolId, index) =>
          makeRecord(poolId, {
            transition: index % 2 === 0 ? 'hold' : 'plan',
            reason: 'keep-marker',
          }),
        ),
      )
      const held = await store.list({ ...anyRecord, state: 'held', limit: 1 })
      const rest = await store.list({
        ...anyRecord,
        state: 'held',
        after: held.next,
        limit: 1,
      })
      const found = [held, rest].flatMap(({ records }) => records.map(({ poolId }) => poolId))

      expect(found.toSorted()).toEqual(['11', '13'])
      expect(rest.next).toBeNull()
      expect(await listPages(store, { state: 'archived' }, 9)).toEqual([[]])
    })
  })

  describe(`${name} lists the records that fit all that is asked for:`, () => {
    let fixture: ArchivalStoreFixture
    let store: ArchivalStore

    const day = [start, start + hourMs, start + 24 * hourMs]
    /** Every mix of state, reason, project and due time; many are due at the same time. */
    const records = (['plan', 'hold', 'watch', 'confirm'] as const).flatMap((transition, kind) =>
      (['keep-marker', 'appeal-window'] as const).flatMap((reason, which) =>
        [null, '7', '70'].flatMap((projectId, project) =>
          day.map((dueAt, time) =>
            makeRecord(`${kind}${which}${project}${time}`, {
              transition,
              reason,
              dueAt: transition === 'confirm' ? null : dueAt,
              ...(projectId === null ? {} : { pool: makePool(projectId) }),
            }),
          ),
        ),
      ),
    )
    const filters: readonly (readonly [name: string, filter: Partial<RecordQuery>])[] = [
      ['of a reason', { reason: 'keep-marker' }],
      ['of a project', { projectId: '7' }],
      ['due until a time', { dueUntil: start + hourMs }],
      ['due before any is', { dueUntil: start - 1 }],
      ['of a state and a reason', { state: 'held', reason: 'appeal-window' }],
      ['of a state and a project', { state: 'archived', projectId: '70' }],
      ['of a reason and a project', { reason: 'appeal-window', projectId: '7' }],
      ['of a state, due', { state: 'watching', dueUntil: start }],
      ['of a reason, due', { reason: 'keep-marker', dueUntil: start + hourMs }],
      ['of a project, due', { projectId: '7', dueUntil: start + hourMs }],
      ['archived, due: never any', { state: 'archived', dueUntil: start * 2 }],
      ['of a reason that none has', { reason: 'quota' }],
      ['of a project that none has', { projectId: '777' }],
      [
        'that fit in everything',
        { state: 'waiting', reason: 'keep-marker', projectId: '70', dueUntil: start + hourMs },
      ],
    ]

    beforeAll(async () => {
      fixture = await open()
      store = fixture.store
      for (const record of records) await store.put(record, 0)
    })
    afterAll(async () => fixture.close())

    test.each(filters)('%s, each once, on pages of any size', async (_name, filter) => {
      const wanted = records
        .filter((record) => fitsQuery(record, { ...anyRecord, ...filter, limit: 1 }))
        .map(({ poolId }) => poolId)
      for (const limit of [1, 2, 5, 100]) {
        const pages = await listPages(store, filter, limit)

        expect(pages.flat().toSorted()).toEqual(wanted.toSorted())
        expect(pages.slice(0, -1).map(({ length }) => length)).toEqual(
          pages.slice(1).map(() => limit),
        )
      }
    })

    test('the soonest first if it matters when they are due', async () => {
      const filter = { dueUntil: start + 24 * hourMs }
      const poolIds = (await listPages(store, filter, 5)).flat()
      const dueAt = new Map(records.map((record) => [record.poolId, record.dueAt ?? 0]))
      const times = poolIds.map((poolId) => dueAt.get(poolId) ?? 0)

      expect(times).toHaveLength(54)
      expect(times).toEqual(times.toSorted((one, other) => one - other))
    })

    test.each([...filters, ['at all', {}] as const])(
      '%s, but not from a place that is none',
      async (_name, filter) => {
        for (const after of ['../17', 'x', '17/', '1/2/3/4', `${start}/lost/17`, ' ']) {
          await expect(store.list({ ...anyRecord, ...filter, after, limit: 1 })).rejects.toThrow(
            new UnknownPlaceError(after),
          )
        }
      },
    )

    test('but not from a place in another list', async () => {
      const all = await store.list({ ...anyRecord, limit: 1 })
      const due = await store.list({ ...anyRecord, dueUntil: start, limit: 1 })

      await expect(
        store.list({ ...anyRecord, dueUntil: start, after: all.next, limit: 1 }),
      ).rejects.toThrow(/is no place in this list\. Give the "next" of a page/)
      await expect(store.list({ ...anyRecord, after: due.next, limit: 1 })).rejects.toThrow(
        UnknownPlaceError,
      )
      await expect(store.readAll(due.next, 1)).rejects.toThrow(UnknownPlaceError)
    })

    test('and goes on where a time ends that is asked for no more', async () => {
      const later = await store.list({ ...anyRecord, dueUntil: day[2] ?? 0, limit: 50 })
      const sooner = { ...anyRecord, dueUntil: start, after: later.next, limit: 9 }

      expect(await store.list(sooner)).toEqual({ records: [], next: null })
    })

    test('reads all of them, page by page', async () => {
      const first = await store.readAll(null, records.length - 1)
      const second = await store.readAll(first.next, records.length - 1)
      const found = [...first.readings, ...second.readings].toSorted((one, other) =>
        one.poolId < other.poolId ? -1 : 1,
      )

      expect(second).toMatchObject({ readings: { length: 1 }, next: null })
      expect(found).toEqual(records)
    })
  })
}

/** The pool ids on each page. */
async function listPages(
  store: ArchivalStore,
  filter: Partial<RecordQuery>,
  limit: number,
): Promise<readonly (readonly string[])[]> {
  const pages: string[][] = []
  let after: string | null = null
  do {
    const page = await store.list({ ...anyRecord, ...filter, after, limit })
    pages.push(page.records.map(({ poolId }) => poolId))
    after = page.next
  } while (after !== null && pages.length < 99)
  return pages
}
