import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { RecordChanged, type ArchivalStore } from '../../functions/application/ports.ts'
import {
  anyRecord,
  fitsQuery,
  UnknownPlaceError,
  type RecordQuery,
} from '../../functions/application/record-query.ts'
import { hourMs } from '../../functions/domain/instant.ts'
import type { ArchivalRecord } from '../../functions/domain/record.ts'
import {
  decideAgain,
  makeFullRecord,
  makePool,
  makeQuietRecord,
  makeRecord,
  start,
} from './records.ts'

export interface ArchivalStoreFixture {
  readonly store: ArchivalStore
  /** The same records through another connection, as another process has them. */
  readonly rival: ArchivalStore
  readonly close: () => Promise<void>
}

/** What every store of archival records must do. `open` gives an empty one. */
export function describeArchivalStore(
  name: string,
  open: () => Promise<ArchivalStoreFixture>,
): void {
  describe(`${name} as a store of records`, () => {
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

    /** The pool ids on each page. */
    const listPages = async (
      filter: Partial<RecordQuery>,
      limit: number,
    ): Promise<readonly (readonly string[])[]> => {
      const pages: string[][] = []
      let after: string | null = null
      do {
        const page = await store.list({ ...anyRecord, ...filter, after, limit })
        pages.push(page.records.map(({ poolId }) => poolId))
        after = page.next
      } while (after !== null && pages.length < 99)
      return pages
    }

    test('knows nothing of a pool that was never stored', async () => {
      expect(await store.get('17')).toBeNull()
      expect(await store.getFingerprints(['17'])).toEqual(new Map())
      expect(await store.list({ ...anyRecord, limit: 10 })).toEqual({
        records: [],
        next: null,
      })
      expect(await store.overdue(start, 10)).toEqual([])
      expect(await store.unannounced(10)).toEqual([])
    })

    test('gives back every field as it was stored', async () => {
      const records = [makeFullRecord('17'), makeQuietRecord('18')]
      await store.put(makeRecord('17'), 0)
      await store.put(makeFullRecord('17'), 1)
      await store.put(makeQuietRecord('18'), 0)

      expect([await store.get('17'), await store.get('18')]).toEqual(records)
      expect(await fixture.rival.get('17')).toEqual(records[0])
    })

    test('keeps a history of many operations and announcements whole', async () => {
      const operations = Array.from({ length: 100 }, () => makeFullRecord('17').operations).flat()
      const record = { ...makeRecord('17'), operations }
      await store.put(record, 0)

      expect(await store.get('17')).toEqual(record)
    })

    describe('writes a record only over the version that was read', () => {
      test('a first version only where there is none', async () => {
        const first = makeRecord('17')
        const other = makeRecord('17', { reason: 'grace-period' })
        await store.put(first, 0)

        await expect(store.put(other, 0)).rejects.toThrow(new RecordChanged('17', first))
        await expect(store.put(other, 0)).rejects.toMatchObject({ current: first })
        expect(await store.get('17')).toEqual(first)
      })

      test('a later version only over the one before', async () => {
        const first = makeRecord('17')
        const second = decideAgain(first)
        const third = decideAgain(second)
        await store.put(first, 0)
        await store.put(second, 1)
        await store.put(third, 2)

        await expect(store.put(second, 1)).rejects.toMatchObject({
          name: 'RecordChanged',
          current: third,
        })
        await expect(store.put(third, 2)).rejects.toMatchObject({ current: third })
        await expect(store.put({ ...third, version: 6 }, 5)).rejects.toMatchObject({
          current: third,
        })
        expect(await store.get('17')).toEqual(third)
      })

      test('no later version where there is none', async () => {
        const second = decideAgain(makeRecord('17'))

        await expect(store.put(second, 1)).rejects.toMatchObject({
          name: 'RecordChanged',
          current: null,
        })
        expect(await store.get('17')).toBeNull()
      })

      test('of two who write at once, one wins and the other gets what it wrote', async () => {
        const first = makeRecord('17')
        await store.put(first, 0)

        for (let round = 0, current = first; round < 20; round += 1) {
          const mine = decideAgain(current, { detail: 'mine' })
          const theirs = decideAgain(current, { detail: 'theirs' })
          const [one, two] = await Promise.allSettled([
            store.put(mine, current.version),
            fixture.rival.put(theirs, current.version),
          ])
          const winner = one.status === 'fulfilled' ? mine : theirs
          const lost = [one, two].filter(({ status }) => status === 'rejected')

          expect(lost).toEqual([
            { status: 'rejected', reason: expect.objectContaining({ current: winner }) },
          ])
          expect(await store.get('17')).toEqual(winner)
          current = winner
        }
      })
    })

    test('gives the fingerprints of those that are known, up to 300 at once', async () => {
      const records = Array.from({ length: 150 }, (_, index) =>
        makeRecord(String(2 * index), { fingerprint: index === 2 ? '["CLOSED"]' : null }),
      )
      await putAll(records)
      const poolIds = Array.from({ length: 300 }, (_, index) => String(index))
      const known = await store.getFingerprints(poolIds)

      expect(known.size).toBe(150)
      expect([1, 2, 4].map((poolId) => known.get(String(poolId)))).toEqual([
        undefined,
        null,
        '["CLOSED"]',
      ])
      expect(await store.getFingerprints([])).toEqual(new Map())
      expect([...(await store.getFingerprints(['2', '2'])).keys()]).toEqual(['2'])
    })

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
      expect((await listPages({ state: 'archived' }, 9)).flat()).toEqual([])
    })

    describe('lists the records that fit all that is asked for', () => {
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

      beforeEach(() => putAll(records))

      test.each(filters)('%s, each once, on pages of any size', async (_name, filter) => {
        const wanted = records
          .filter((record) => fitsQuery(record, { ...anyRecord, ...filter, limit: 1 }))
          .map(({ poolId }) => poolId)
        for (const limit of [1, 2, 5, 100]) {
          const pages = await listPages(filter, limit)

          expect(pages.flat().toSorted()).toEqual(wanted.toSorted())
          expect(pages.slice(0, -1).map(({ length }) => length)).toEqual(
            pages.slice(1).map(() => limit),
          )
        }
      })

      test('the soonest first if it matters when they are due', async () => {
        const filter = { dueUntil: start + 24 * hourMs }
        const poolIds = (await listPages(filter, 5)).flat()
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

    test('finds what is overdue, the oldest first', async () => {
      await putAll([
        makeRecord('11', { dueAt: start + 3 }),
        makeRecord('12', { dueAt: start + 1 }),
        makeRecord('13', { dueAt: start + 2 }),
        makeRecord('14', { dueAt: start + 2 }),
        makeRecord('15', { dueAt: start + 4 }),
        makeRecord('16', { transition: 'confirm', reason: 'already-archived', dueAt: null }),
      ])
      const overdue = async (limit: number): Promise<readonly string[]> =>
        (await store.overdue(start + 3, limit)).map(({ poolId }) => poolId)

      expect(await overdue(10)).toEqual(['12', '13', '14', '11'])
      expect(await overdue(2)).toEqual(['12', expect.stringMatching(/^1[34]$/)])
      expect(await store.overdue(start + 1, 1)).toEqual([
        { poolId: '12', reason: 'appeal-window', dueAt: start + 1 },
      ])
    })

    test('a record that is put off is no longer overdue', async () => {
      const record = makeRecord('11', { dueAt: start })
      await store.put(record, 0)
      await store.put(decideAgain(record, { dueAt: start + hourMs }), 1)

      expect(await store.overdue(start, 10)).toEqual([])
      expect(await store.overdue(start + hourMs, 10)).toHaveLength(1)
    })

    test('finds what is not announced yet, until it is', async () => {
      const record = makeRecord('11')
      await putAll([record, makeQuietRecord('12'), makeRecord('13')])

      expect([...(await store.unannounced(10))].toSorted()).toEqual(['11', '13'])
      expect(await store.unannounced(1)).toHaveLength(1)

      await store.put({ ...decideAgain(record), outbox: [] }, 1)

      expect(await store.unannounced(10)).toEqual(['13'])
    })
  })
}
