import { statSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import * as z from 'zod/mini'
import { DataFileError } from '../../../functions/adapters/local/data-file-error.ts'
import { openDataFile } from '../../../functions/adapters/local/open-data-file.ts'
import { RecordChanged } from '../../../functions/application/ports.ts'
import { createArchivalStore } from '../../../functions/adapters/local/archival-store.ts'
import { makeRecord } from '../../contract/records.ts'
import { openPair, type Pair } from './open-pair.ts'

const parseRow = (row: unknown): unknown => z.parse(z.object({ pool_id: z.string() }), row)

describe('An open data file', () => {
  let pair: Pair

  beforeEach(() => {
    pair = openPair()
  })
  afterEach(async () => pair.close())

  test('writes all of a piece of work or nothing', async () => {
    const { own } = pair
    const insert = own.prepare('insert into account (id, version, body) values (1, 1, ?)')
    const select = own.prepare('select count(*) as rows from account')
    const work = own.write(() => {
      insert.run('{}')
      throw new Error('Changed my mind.')
    })

    await expect(work).rejects.toThrow('Changed my mind.')
    expect(await own.read(() => select.get())).toMatchObject({ rows: 0 })
  })

  test('joins what is written at the same time into one commit', async () => {
    const { own } = pair
    const store = createArchivalStore(own)
    const poolIds = Array.from({ length: 40 }, (_, index) => String(10 + index))
    const sizeOfLog = (): number => statSync(`${own.path}-wal`).size
    const before = sizeOfLog()
    await Promise.all(poolIds.map((poolId) => store.put(makeRecord(poolId), 0)))
    const together = sizeOfLog() - before
    for (const poolId of poolIds) await store.put({ ...makeRecord(poolId), version: 2 }, 1)
    const oneByOne = sizeOfLog() - before - together

    expect(await store.get('49')).toEqual({ ...makeRecord('49'), version: 2 })
    // Each commit writes the pages that it touched anew.
    expect(oneByOne).toBeGreaterThan(3 * together)
  })

  test('lets a write that fails not harm the others of its commit', async () => {
    const { own } = pair
    const store = createArchivalStore(own)
    const overtaken = { ...makeRecord('18'), version: 5 }
    const [first, second, third] = await Promise.allSettled([
      store.put(makeRecord('17'), 0),
      store.put(overtaken, 4),
      store.put(makeRecord('19'), 0),
    ])

    expect(first.status).toBe('fulfilled')
    expect(second).toMatchObject({ status: 'rejected', reason: expect.any(RecordChanged) })
    expect(third.status).toBe('fulfilled')
    expect(await store.get('17')).toEqual(makeRecord('17'))
    expect(await store.get('18')).toBeNull()
    expect(await store.get('19')).toEqual(makeRecord('19'))
  })

  test('that is full for one write still takes the smaller ones beside it', async () => {
    const { own } = pair
    const store = createArchivalStore(own)
    await store.put(makeRecord('17'), 0)
    own.prepare('pragma max_page_count = 1').get()
    const big = { ...makeRecord('18'), detail: 'x'.repeat(100_000) }
    const small = { ...makeRecord('17'), version: 2 }
    const [grown, changed] = await Promise.allSettled([store.put(big, 0), store.put(small, 1)])

    expect(grown).toMatchObject({ status: 'rejected', reason: expect.any(DataFileError) })
    expect(changed.status).toBe('fulfilled')
    expect(await store.get('17')).toEqual(small)
  })

  test('that is closed has written what was under way', async () => {
    const { own } = pair
    const another = openDataFile(own.path, { exclusive: false })
    const written = createArchivalStore(another).put(makeRecord('17'), 0)
    another.close()
    await written

    expect(await createArchivalStore(own).get('17')).toEqual(makeRecord('17'))
    await expect(another.write(() => {})).rejects.toThrow('not open')
  })

  test('that cannot be written says so when asked, until it can', async () => {
    const { own } = pair
    const protect = (how: 'on' | 'off'): unknown => own.prepare(`pragma query_only = ${how}`).all()
    protect('on')
    await own.check() // Nobody has tried.
    await expect(own.write(() => own.prepare('delete from account').run())).rejects.toThrow(
      DataFileError,
    )
    await expect(own.check()).rejects.toThrow(/cannot be written/)
    protect('off')
    await own.check()
    protect('on')
    await own.check()
  })

  test('on a full disk loses nothing, and goes on when there is room', async () => {
    const { own } = pair
    const store = createArchivalStore(own)
    await store.put(makeRecord('17'), 0)
    own.prepare('pragma max_page_count = 1').get()
    const big = { ...makeRecord('18'), detail: 'x'.repeat(100_000) }

    await expect(store.put(big, 0)).rejects.toThrow(
      `Data file ${own.path} cannot grow because the disk is full. Make room; nothing`,
    )
    expect(await store.get('17')).toEqual(makeRecord('17'))
    expect(await store.get('18')).toBeNull()

    own.prepare('pragma max_page_count = 1000000').get()
    await store.put(big, 0)
    expect(await store.get('18')).toEqual(big)
  })

  test('in which a row or a column is not what it should be says so', async () => {
    const { own } = pair
    await createArchivalStore(own).put(makeRecord('17'), 0)
    // A damaged page may hold anything; the table as such takes no such rows.
    const asBlob = () => own.prepare("select x'00' as pool_id").all().map(parseRow)

    await expect(own.read(asBlob)).rejects.toThrow(DataFileError)
    await expect(own.read(asBlob)).rejects.toThrow(/is damaged: a row in it makes no sense/)
    expect(() => own.prepare('select colour from records')).toThrow(DataFileError)
    expect(() => own.prepare('select colour from records')).toThrow(
      /is damaged: something is missi/,
    )
  })

  test('that another program keeps locked says so, and goes on afterwards', async () => {
    const { own, beside } = pair
    const store = createArchivalStore(own)
    own.prepare('pragma busy_timeout = 0').get()
    await beside.read(() => beside.prepare('begin immediate').run())

    await expect(store.put(makeRecord('17'), 0)).rejects.toThrow(
      /is kept locked by another program\. Close programs/,
    )
    await beside.read(() => beside.prepare('rollback').run())
    await store.put(makeRecord('17'), 0)
    expect(await store.get('17')).toEqual(makeRecord('17'))
  })
})
