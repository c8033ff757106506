import {
  appendFileSync,
  copyFileSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { createArchivalStore } from '../../../functions/adapters/local/archival-store.ts'
import type { DataFile } from '../../../functions/adapters/local/data-file.ts'
import { openDataFile } from '../../../functions/adapters/local/open-data-file.ts'
import { makeRecord } from '../../contract/records.ts'

/** Fills an open data file with some hundred pages. */
async function fill(dataFile: DataFile): Promise<void> {
  const store = createArchivalStore(dataFile)
  for (let index = 0; index < 50; index += 1) {
    await store.put({ ...makeRecord(String(index)), detail: 'x'.repeat(20_000) }, 0)
  }
}

async function makeData(path: string): Promise<void> {
  const dataFile = openDataFile(path, { exclusive: true })
  await fill(dataFile)
  dataFile.close()
}

/** A data file of which only the newest pages are in its log, as a power failure leaves them. */
async function makeDataWithLog(path: string): Promise<void> {
  const dataFile = openDataFile(`${path}.origin`, { exclusive: true })
  await fill(dataFile)
  dataFile.prepare('pragma wal_checkpoint(truncate)').get()
  await createArchivalStore(dataFile).put(makeRecord('last'), 0)
  copyFileSync(`${path}.origin`, path)
  copyFileSync(`${path}.origin-wal`, `${path}-wal`)
  dataFile.close()
}

function execute(path: string, sql: string): void {
  const database = new DatabaseSync(path)
  database.exec(sql)
  database.close()
}

/** https://sqlite.org/fileformat2.html, 1.3 */
const schemaFormatOffset = 44

/** Ways to spoil a data file, and what is to be said of it. */
export const spoiledFiles: readonly (readonly [
  name: string,
  make: (path: string) => Promise<void> | void,
  problem: RegExp,
])[] = [
  [
    'a text',
    (path) => writeFileSync(path, 'Dear diary, '.repeat(1_000)),
    /not an SQLite file at all/,
  ],
  ['a short text', (path) => writeFileSync(path, 'TOLOKA_TOKEN=…\n'), /not an SQLite file at all/],
  ['an empty file', (path) => writeFileSync(path, ''), /is empty, which a data file never is/],
  [
    'a file of one byte that still has its log',
    async (path) => {
      await makeDataWithLog(path)
      truncateSync(path, 1)
    },
    /is empty, which a data file never is/,
  ],
  [
    'the database of another program',
    (path) => execute(path, 'create table bookmarks (url)'),
    /belongs to another program/,
  ],
  [
    'the database of another program that keeps a log',
    (path) => execute(path, 'pragma journal_mode = wal; create table bookmarks (url)'),
    /belongs to another program/,
  ],
  [
    'a data file of a newer archiver',
    async (path) => {
      await makeData(path)
      execute(path, 'pragma user_version = 99')
    },
    /written by a newer archiver \(layout 99, this one knows 2\)/,
  ],
  [
    'a data file that lost its end',
    async (path) => {
      await makeData(path)
      truncateSync(path, Math.floor(statSync(path).size / 2))
    },
    /is damaged/,
  ],
  [
    'a data file that lost its end, and still has its log',
    async (path) => {
      await makeDataWithLog(path)
      truncateSync(path, 4_096)
    },
    /is damaged: \d+ of at least \d+ bytes are there/,
  ],
  [
    'a data file with garbage in place of its end',
    async (path) => {
      await makeData(path)
      const { size } = statSync(path)
      truncateSync(path, size / 2)
      appendFileSync(path, Buffer.alloc(size / 2, 0xa5))
    },
    /is damaged/,
  ],
  [
    'a data file in a format that no SQLite knows',
    async (path) => {
      await makeData(path)
      const bytes = readFileSync(path)
      bytes.writeUInt32BE(9, schemaFormatOffset)
      writeFileSync(path, bytes)
    },
    /is damaged/,
  ],
  [
    'a data file that lost a table',
    async (path) => {
      await makeData(path)
      execute(path, 'drop table wake_ups')
    },
    /is damaged: something is missing in it/,
  ],
]
