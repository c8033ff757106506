import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import {
  archivalStatements,
  createArchivalStore,
} from '../../../functions/adapters/local/archival-store.ts'
import type { DataFile } from '../../../functions/adapters/local/data-file.ts'
import { openDataFile } from '../../../functions/adapters/local/open-data-file.ts'
import { UnreadableRecordError } from '../../../functions/application/stored-record.ts'
import { minuteMs } from '../../../functions/domain/instant.ts'
import { makeRecord, start } from '../../contract/records.ts'
import { makeTemporaryFolder, type TemporaryFolder } from '../../support/temporary-folder.ts'
import { anyRecord } from '../../../functions/application/record-query.ts'

describe('The store of records in a data file', () => {
  let folder: TemporaryFolder
  let dataFile: DataFile

  beforeEach(() => {
    folder = makeTemporaryFolder()
    dataFile = openDataFile(folder.file('archiver.sqlite'), { exclusive: true })
  })
  afterEach(() => {
    dataFile.close()
    folder.remove()
  })

  /** Overwrites a stored record, as another program would. */
  const spoil = async (body: string): Promise<void> => {
    await createArchivalStore(dataFile).put(makeRecord('17'), 0)
    const path = dataFile.path
    dataFile.close()
    const database = new DatabaseSync(path)
    database.prepare('update records set body = ?').run(body)
    database.close()
    dataFile = openDataFile(path, { exclusive: true })
  }

  test('keeps 100,000 records and finds a few among them', async () => {
    const store = createArchivalStore(dataFile)
    const count = 100_000
    const insert = dataFile.prepare(archivalStatements.insert)
    const template = makeRecord('0')
    await dataFile.write(() => {
      for (let index = 0; index < count; index += 1) {
        const poolId = String(count + index)
        const dueAt = start + index * minuteMs
        const body = JSON.stringify({ ...template, poolId, dueAt })
        insert.run(1, 'waiting', 'appeal-window', dueAt, null, 0, start, body, poolId)
      }
    })
    const lastPage = await store.list({
      ...anyRecord,
      state: 'waiting',
      after: '199998',
      limit: 10,
    })
    const overdue = await store.overdue(start + minuteMs, 10)
    const known = await store.getFingerprints(['199999', '200000'])

    expect(lastPage.records.map(({ poolId }) => poolId)).toEqual(['199999'])
    expect(overdue.map(({ poolId }) => poolId)).toEqual(['100000', '100001'])
    expect([...known.keys()]).toEqual(['199999'])
    expect(await store.get('150000')).toMatchObject({ dueAt: start + 50_000 * minuteMs })
  }, 60_000)

  describe('does not guess what a stored record means', () => {
    test.each([
      ['of a newer schema', { schema: 3 }, /pool 17 cannot be read: its schema is 3, and only 2/],
      ['without a schema', { schema: undefined }, /pool 17 cannot be read: schema: /],
      ['with a reason that nobody knows', { reason: 'just-because' }, /reason: Expected a known/],
      ['with a time that is no time', { dueAt: 'tomorrow' }, /dueAt: /],
      ['of another pool', { poolId: '18' }, /pool 17 cannot be read: it is that of another pool/],
    ])('%s', async (_name, change, problem) => {
      await spoil(JSON.stringify({ ...makeRecord('17'), ...change }))

      await expect(createArchivalStore(dataFile).get('17')).rejects.toThrow(problem)
    })

    test('that is no JSON, and names the pool for machines too', async () => {
      await spoil('{"schema":1')

      const reading = createArchivalStore(dataFile).get('17')

      await expect(reading).rejects.toThrow(UnreadableRecordError)
      await expect(reading).rejects.toMatchObject({
        poolId: '17',
        cause: expect.any(SyntaxError),
      })
    })
  })
})
