import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { createAccountStore } from '../../../functions/adapters/local/account-store.ts'
import { createArchivalStore } from '../../../functions/adapters/local/archival-store.ts'
import { applicationId } from '../../../functions/adapters/local/data-file-layout.ts'
import { openDataFile } from '../../../functions/adapters/local/open-data-file.ts'
import { createWakeUpQueue } from '../../../functions/adapters/local/wake-up-queue.ts'
import { newAccountState } from '../../../functions/application/account-state.ts'
import { anyRecord } from '../../../functions/application/record-query.ts'
import { UnreadableRecordError } from '../../../functions/application/stored-record.ts'
import type { ArchivalRecord } from '../../../functions/domain/record.ts'
import { decideAgain, makeFullRecord, makePool, makeRecord, start } from '../../contract/records.ts'
import { makeTemporaryFolder, type TemporaryFolder } from '../../support/temporary-folder.ts'

/** As the first release made a file. */
const layout1 = `
  create table records (
    pool_id text not null primary key, version integer not null, state text not null,
    reason text not null, due_at integer, fingerprint text, has_outbox integer not null,
    updated_at integer not null, body text not null
  ) strict;
  create index records_by_state on records (state, pool_id);
  create index records_by_due on records (due_at, pool_id) where due_at is not null;
  create index records_unannounced on records (updated_at, pool_id) where has_outbox = 1;
  create table account (
    id integer primary key check (id = 1), version integer not null, body text not null
  ) strict;
  create table wake_ups (
    id integer primary key autoincrement, pool_id text not null,
    cause text not null check (cause in ('timer', 'hint')), due_at integer not null,
    take_at integer not null, requested_at integer not null, failures integer not null default 0,
    problem text, unique (pool_id, due_at, cause)
  ) strict;
  create index wake_ups_by_time on wake_ups (take_at, id);
  create table dead_letters (
    id integer primary key, pool_id text not null, cause text not null, due_at integer not null,
    requested_at integer not null, failures integer not null, problem text not null,
    buried_at integer not null
  ) strict;
  pragma application_id = ${applicationId};
  pragma user_version = 1;
  pragma journal_mode = wal;`

const account = { ...newAccountState, version: 3, paused: { by: 'anna', since: start } }

/** A file of layout 1 with these records, the account, and a wake-up. */
function writeLayout1(path: string, records: readonly ArchivalRecord[]): void {
  const database = new DatabaseSync(path)
  database.exec(layout1)
  const insert = database.prepare('insert into records values (?, ?, ?, ?, ?, ?, ?, ?, ?)')
  for (const record of records) {
    const { poolId, version, state, reason, dueAt, fingerprint, outbox, updatedAt } = record
    const hasOutbox = outbox.length > 0 ? 1 : 0
    const body = JSON.stringify(record)
    insert.run(poolId, version, state, reason, dueAt, fingerprint, hasOutbox, updatedAt, body)
  }
  const { version, ...content } = account
  database
    .prepare('insert into account values (1, ?, ?)')
    .run(version, JSON.stringify({ version, ...content }))
  database.exec(`
    insert into wake_ups (pool_id, cause, due_at, take_at, requested_at)
    values ('17', 'timer', ${start}, ${start}, ${start})`)
  database.close()
}

describe('A data file of layout 1', () => {
  let folder: TemporaryFolder
  let path: string

  beforeEach(() => {
    folder = makeTemporaryFolder()
    path = folder.file('archiver.sqlite')
  })
  afterEach(() => folder.remove())

  const full = makeFullRecord('17')
  const unseen = makeRecord('18')
  const archived = makeRecord('19', {
    transition: 'confirm',
    reason: 'already-archived',
    dueAt: null,
    pool: makePool('70'),
  })

  test('is upgraded with all that is in it, and its projects can be asked for', async () => {
    writeLayout1(path, [full, unseen, archived])
    const dataFile = openDataFile(path, { exclusive: true })
    const store = createArchivalStore(dataFile)
    const found = async (filter: object) =>
      (await store.list({ ...anyRecord, ...filter, limit: 9 })).records

    expect(await found({})).toEqual([full, unseen, archived])
    expect(await found({ projectId: '7' })).toEqual([full])
    expect(await found({ projectId: '70' })).toEqual([archived])
    expect(await found({ reason: 'appeal-window' })).toEqual([unseen])
    expect(await found({ dueUntil: start * 2 })).toEqual([unseen])
    expect(await createAccountStore(dataFile).read()).toEqual(account)
    const queue = createWakeUpQueue(dataFile, { now: () => start })
    expect(await queue.takeDue(start, 9)).toMatchObject([{ wakeUp: { poolId: '17' } }])

    const moved = decideAgain(unseen, { pool: makePool('70') })
    await store.put(moved, unseen.version)
    expect(await found({ projectId: '70' })).toEqual([moved, archived])
    dataFile.close()
  })

  test('is as one that was made anew', async () => {
    writeLayout1(path, [])
    const upgraded = openDataFile(path, { exclusive: true })
    const fresh = openDataFile(folder.file('fresh.sqlite'), { exclusive: true })
    const read = (file: typeof fresh, sql: string) => file.read(() => file.prepare(sql).all())
    const parts = 'select type, name from sqlite_schema order by name'
    const columns = "select name, type, hidden from pragma_table_xinfo('records')"

    expect(await read(upgraded, parts)).toEqual(await read(fresh, parts))
    expect(await read(upgraded, columns)).toEqual(await read(fresh, columns))
    expect(await read(upgraded, 'pragma user_version')).toEqual([{ user_version: 2 }])
    expect(await read(upgraded, 'pragma integrity_check')).toEqual([{ integrity_check: 'ok' }])
    upgraded.close()
    fresh.close()
  })

  test.each([
    ['is no JSON', '{"schema":1,'],
    ['is JSON of another kind', '[1,2]'],
    ['has a project that is none', '{"schema":1,"pool":{"projectId":{"id":7}}}'],
    ['has no text', ''],
  ])('is upgraded although a record in it %s', async (_name, body) => {
    writeLayout1(path, [full, unseen])
    const database = new DatabaseSync(path)
    database.prepare("update records set body = ? where pool_id = '18'").run(body)
    database.close()
    const dataFile = openDataFile(path, { exclusive: true })
    const store = createArchivalStore(dataFile)

    expect((await store.list({ ...anyRecord, projectId: '7', limit: 9 })).records).toEqual([full])
    await expect(store.get('18')).rejects.toThrow(UnreadableRecordError)
    expect(await store.readAll(null, 9)).toMatchObject({
      readings: [{ poolId: '17' }, { name: 'UnreadableRecordError', poolId: '18' }],
      next: null,
    })
    await store.put({ ...unseen, version: 2 }, 1) // It can be put right again.
    expect(await store.get('18')).toEqual({ ...unseen, version: 2 })
    dataFile.close()
  })

  test('of which the upgrade fails half-way stays as it was', async () => {
    writeLayout1(path, [full, unseen])
    const database = new DatabaseSync(path)
    database.exec('create table records_by_reason (in_the_way text)')
    database.close()

    expect(() => openDataFile(path, { exclusive: true })).toThrow(/records_by_reason|damaged/)
    const left = new DatabaseSync(path)
    expect({ ...left.prepare('pragma user_version').get() }).toEqual({ user_version: 1 })
    expect(left.prepare('select count(*) as count from records').get()).toMatchObject({ count: 2 })
    expect(() => left.prepare('select project_id from records')).toThrow(/no such column/)
    left.close()
  })

  test('is left alone by what works beside the archiver', () => {
    writeLayout1(path, [full])

    expect(() => openDataFile(path, { exclusive: false })).toThrow(
      /written by an older archiver \(layout 1, this one knows 2\)\. Start the archiver once/,
    )
  })
})
