import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { createArchivalStore } from '../../../functions/adapters/local/archival-store.ts'
import {
  DataFileBusyError,
  DataFileError,
} from '../../../functions/adapters/local/data-file-error.ts'
import { applicationId, layoutVersion } from '../../../functions/adapters/local/data-file-layout.ts'
import { openDataFile } from '../../../functions/adapters/local/open-data-file.ts'
import { makeRecord } from '../../contract/records.ts'
import { spoiledFiles } from './spoiled-files.ts'
import { makeTemporaryFolder, type TemporaryFolder } from '../../support/temporary-folder.ts'

describe('Opening a data file', () => {
  let folder: TemporaryFolder
  let path: string

  beforeEach(() => {
    folder = makeTemporaryFolder()
    path = folder.file('archiver.sqlite')
  })
  afterEach(() => folder.remove())

  const openAlone = () => openDataFile(path, { exclusive: true })
  const openBeside = () => openDataFile(path, { exclusive: false })
  const listFolder = () => readdirSync(dirname(path)).toSorted()

  test('makes the file and its folder, marks it as ours, and leaves nothing open behind', () => {
    path = folder.file('deep/down/archiver.sqlite')
    openAlone().close()

    expect(listFolder()).toEqual(['archiver.sqlite', 'archiver.sqlite.lock'])
    const database = new DatabaseSync(path)
    expect({ ...database.prepare('pragma application_id').get() }).toEqual({
      application_id: applicationId,
    })
    expect({ ...database.prepare('pragma user_version').get() }).toEqual({
      user_version: layoutVersion,
    })
    expect({ ...database.prepare('pragma journal_mode').get() }).toEqual({ journal_mode: 'wal' })
    database.close()
  })

  test('shows nothing to other users of the machine', async () => {
    const before = process.umask(0)
    const dataFile = openAlone()
    await createArchivalStore(dataFile).put(makeRecord('17'), 0)
    process.umask(before)
    const names = listFolder()
    const rights = names.map((name) => statSync(folder.file(name)).mode & 0o777)
    dataFile.close()

    expect(names).toEqual(expect.arrayContaining(['archiver.sqlite', 'archiver.sqlite-wal']))
    expect(rights).toEqual(names.map(() => 0o600))
  })

  test('leaves the rights of a file as an operator set them', () => {
    openAlone().close()
    chmodSync(path, 0o640)
    openAlone().close()

    expect(statSync(path).mode & 0o777).toBe(0o640)
  })

  test('makes every commit durable, and waits for others a while', async () => {
    const dataFile = openAlone()
    const pragmas = ['synchronous', 'busy_timeout'].map((name) =>
      dataFile.prepare(`pragma ${name}`).get(),
    )

    expect(pragmas).toMatchObject([{ synchronous: 2 }, { timeout: 5_000 }])
    dataFile.close()
  })

  test('finds again what was stored', async () => {
    const first = openAlone()
    await createArchivalStore(first).put(makeRecord('17'), 0)
    first.close()
    const second = openAlone()

    expect(await createArchivalStore(second).get('17')).toEqual(makeRecord('17'))
    second.close()
  })

  test('knows a file by any of its names', () => {
    const dataFile = openAlone()
    symlinkSync(path, folder.file('link.sqlite'))

    expect(() => openDataFile(folder.file('link.sqlite'), { exclusive: true })).toThrow(
      DataFileBusyError,
    )
    dataFile.close()
  })

  test('sweeps away what a start that was cut off left', () => {
    writeFileSync(`${path}.unfinished`, 'half')
    writeFileSync(`${path}.unfinished-journal`, 'half')
    openAlone().close()

    expect(listFolder()).toEqual(['archiver.sqlite', 'archiver.sqlite.lock'])
  })

  test('beside the archiver never makes a file: a mistyped name is not an empty archive', () => {
    expect(openBeside).toThrow(`Data file ${path} does not exist. Check DATA_FILE`)
    expect(listFolder()).toEqual([])
  })

  test('a file of an older layout is upgraded by the archiver, and by nothing else', async () => {
    const database = new DatabaseSync(path)
    database.exec(`pragma application_id = ${applicationId}; create table note (text)`)
    database.close()

    expect(openBeside).toThrow(/written by an older archiver \(layout 0, this one knows 2\)/)

    const dataFile = openAlone()
    expect(await createArchivalStore(dataFile).get('17')).toBeNull()
    dataFile.close()
  })

  describe.each(spoiledFiles)('that is %s', (_name, make, problem) => {
    test.each([true, false])(
      'is refused and leaves it as it was (exclusive: %s)',
      async (exclusive) => {
        await make(path)
        const before = readFileSync(path)
        const files = listFolder()
        const open = () => openDataFile(path, { exclusive })

        expect(open).toThrow(DataFileError)
        expect(open).toThrow(problem)
        expect(open).toThrow(path)
        expect(readFileSync(path).equals(before)).toBe(true)
        expect(listFolder().filter((file) => !file.endsWith('-shm'))).toEqual(files)
      },
    )
  })

  test('leaves alone the log of another program, too', () => {
    const other = new DatabaseSync(path)
    other.exec('pragma journal_mode = wal; create table bookmarks (url)')
    const before = [readFileSync(path), readFileSync(`${path}-wal`)]

    expect(openAlone).toThrow(/belongs to another program/)
    expect([readFileSync(path), readFileSync(`${path}-wal`)]).toEqual(before)
    other.close()
  })

  test('does not write an old log into a new file', () => {
    writeFileSync(`${path}-wal`, 'log')

    expect(openAlone).toThrow(/is missing, but its log .*-wal is there\. Put the data file back/)
    expect(listFolder()).toEqual(['archiver.sqlite-wal'])
  })

  test('that is a folder, or lies in a file, says so', () => {
    mkdirSync(path)
    writeFileSync(folder.file('file'), '')

    expect(openAlone).toThrow(/is not a file\. Change DATA_FILE/)
    path = folder.file('file/archiver.sqlite')
    expect(openAlone).toThrow(/cannot be created: its folder is missing and cannot be made/)
    expect(openBeside).toThrow(/does not exist/)
  })

  test('with a lock file that is none says so', () => {
    writeFileSync(`${path}.lock`, 'x'.repeat(5_000))

    expect(openAlone).toThrow(`Data file ${path}.lock is not a data file of the archiver`)
  })

  test('by a name that leads nowhere, or is too long for SQLite, says so', () => {
    symlinkSync(path, path)

    expect(openAlone).toThrow(/cannot be reached\. Check DATA_FILE/)
    path = folder.file(`${'long/'.repeat(100)}archiver.sqlite`)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, 'data')
    expect(openAlone).toThrow(/cannot be opened\. Allow this user/)
  })

  test('that calls itself empty, and is not, says so', async () => {
    const dataFile = openAlone()
    dataFile.prepare('pragma user_version = 0').get()
    dataFile.close()
    const before = readFileSync(path)

    expect(openAlone).toThrow(/archiver\.sqlite is damaged/)
    expect(readFileSync(path).equals(before)).toBe(true)
  })

  test('gives its lock up again when it fails half-way', () => {
    mkdirSync(`${path}.unfinished`)

    expect(openAlone).toThrow(/EISDIR|EPERM|directory/)
    rmdirSync(`${path}.unfinished`)
    openAlone().close()
    mkdirSync(`${path}-shm`)
    expect(openAlone).toThrow(/cannot be written\. Allow this user/)
    rmdirSync(`${path}-shm`)
    openAlone().close()
  })
})
