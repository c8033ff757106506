import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { RecordChanged, type ArchivalStore } from '../../functions/application/ports.ts'
import { anyRecord } from '../../functions/application/record-query.ts'
import { hourMs } from '../../functions/domain/instant.ts'
import type { ArchivalRecord } from '../../functions/domain/record.ts'
import { decideAgain, makeFullRecord, makeQuietRecord, makeRecord, start } from './records.ts'

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

    test('knows nothing of a pool that was never stored', async () => {
      expect(await store.get('17')).toBeNull()
      expect(await store.getFingerprints(['17'])).toEqual(new Map())
      expect(await store.list({ ...anyRecord, limit: 10 })).toEqual({
        records: [],
        next: null,
      })
      expect(await store.overdue(start, 10)).toEqual([])
      expect(await store.unannounced(10)).toEqual([])
      expect(await store.archivedSince(0, 10)).toEqual([])
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

    test('finds what was archived since some time, in that order, and nothing else', async () => {
      const archived = { transition: 'confirm', reason: 'already-archived', dueAt: null } as const
      const ages = { '12': start, '13': start + 1, '11': start + 2 }
      await putAll(
        Object.entries(ages).map(([id, updatedAt]) =>
          Object.assign(makeRecord(id, archived), { updatedAt }),
        ),
      )
      await putAll([makeRecord('14'), makeRecord('15', { transition: 'hold' })])

      expect(await store.archivedSince(start, 10)).toEqual(['12', '13', '11'])
      expect(await store.archivedSince(start + 1, 1)).toEqual(['13'])
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
