import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import * as z from 'zod/mini'
import { createArchivalStore } from '../../../functions/adapters/local/archival-store.ts'
import { DataFileError } from '../../../functions/adapters/local/data-file-error.ts'
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
    let attempt = Promise.resolve()
    await beside.write(() => {
      attempt = store.put(makeRecord('17'), 0)
    })

    await expect(attempt).rejects.toThrow(/is kept locked by another program\. Close programs/)
    await store.put(makeRecord('17'), 0)
    expect(await store.get('17')).toEqual(makeRecord('17'))
  })
})
