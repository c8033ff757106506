import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll } from '@jest/globals'
import { asyncProperty, constantFrom, nat, oneof, option, tuple, type Arbitrary } from 'fast-check'
import { createAccountStore } from '../../functions/adapters/local/account-store.ts'
import { createArchivalStore } from '../../functions/adapters/local/archival-store.ts'
import { DataFileError } from '../../functions/adapters/local/data-file-error.ts'
import type { DataFile } from '../../functions/adapters/local/data-file.ts'
import { openDataFile } from '../../functions/adapters/local/open-data-file.ts'
import {
  createWakeUpQueue,
  type WakeUpQueue,
} from '../../functions/adapters/local/wake-up-queue.ts'
import type { AccountStore, ArchivalStore } from '../../functions/application/ports.ts'
import { newAccountState } from '../../functions/application/account-state.ts'
import { UnreadableAccountError } from '../../functions/application/stored-account.ts'
import { UnreadableRecordError } from '../../functions/application/stored-record.ts'
import type { ArchivalRecord } from '../../functions/domain/record.ts'
import { makeRecord, start } from '../contract/records.ts'
import { makeTemporaryFolder } from '../support/temporary-folder.ts'
import { changeJson, someChanges, writeJson, type Change } from './arbitrary-json.ts'
import { expectNoCanary } from './canary.ts'
import { fuzz } from './fuzz.ts'
import { someSpoiledBytes, type Spoiling } from './spoiled-bytes.ts'
import { anyRecord } from '../../functions/application/record-query.ts'

const folder = makeTemporaryFolder()
const path = folder.file('archiver.sqlite')
const clock = { now: () => start }
/** The second has a body that needs pages of its own. */
const records: readonly ArchivalRecord[] = ['17', '18', '19', '20', '21'].map((poolId, index) => {
  const detail = 'x'.repeat(index === 1 ? 9_000 : 300)
  return Object.assign({}, makeRecord(poolId), { detail })
})
/** The files as they should be, by their endings; the newest pages are in the log in the second. */
let whole: Readonly<Record<string, Buffer>>
let withLog: Readonly<Record<string, Buffer>>

beforeAll(async () => {
  const dataFile = openDataFile(path, { exclusive: true })
  const store = createArchivalStore(dataFile)
  const queue = createWakeUpQueue(dataFile, clock)
  await createAccountStore(dataFile).write({ ...newAccountState, version: 1 }, 0)
  for (const record of records) {
    await store.put(record, 0)
    const { poolId } = record
    await queue.request({ version: 1, poolId, cause: 'hint', dueAt: start })
  }
  withLog = { '': readFileSync(path), '-wal': readFileSync(`${path}-wal`) }
  dataFile.close()
  whole = { '': readFileSync(path) }
})

afterAll(() => folder.remove())

function put(files: Readonly<Record<string, Buffer>>): void {
  for (const ending of ['', '-wal', '-shm', '.lock', '-journal']) {
    rmSync(`${path}${ending}`, { force: true })
  }
  for (const [ending, bytes] of Object.entries(files)) writeFileSync(`${path}${ending}`, bytes)
}

/** What a person can do something about; anything else is a defect. */
function expectNamed(error: unknown): void {
  const isNamed =
    error instanceof DataFileError ||
    error instanceof UnreadableRecordError ||
    error instanceof UnreadableAccountError
  if (!isNamed) throw error
  ok(error.message.includes(path) || /record of pool/.test(error.message), error.message)
  expectNoCanary(error)
}

/** What reading gives; `trouble` if it says what is wrong. */
async function tried<Value>(read: () => Promise<Value>): Promise<Value | 'trouble'> {
  try {
    return await read()
  } catch (error) {
    expectNamed(error)
    return 'trouble'
  }
}

function tryToOpen(): DataFile | null {
  try {
    return openDataFile(path, { exclusive: true })
  } catch (error) {
    expectNamed(error)
    return null
  }
}

interface Stores {
  readonly store: ArchivalStore
  readonly queue: WakeUpQueue
  readonly account: AccountStore
}

/** Null if the file lacks what these need. */
function tryToUse(dataFile: DataFile): Stores | null {
  try {
    return {
      store: createArchivalStore(dataFile),
      queue: createWakeUpQueue(dataFile, clock),
      account: createAccountStore(dataFile),
    }
  } catch (error) {
    expectNamed(error)
    return null
  }
}

/** Whether something said that it cannot be read. */
async function readAll({ store, queue, account }: Stores): Promise<boolean> {
  const found = await Promise.all([
    ...records.map(({ poolId }) => tried(() => store.get(poolId))),
    tried(() => store.list({ ...anyRecord, limit: 100 })),
    tried(() => store.list({ ...anyRecord, state: 'waiting', limit: 100 })),
    tried(() => store.list({ ...anyRecord, reason: 'appeal-window', limit: 100 })),
    tried(() => store.list({ ...anyRecord, projectId: '7', dueUntil: start * 2, limit: 100 })),
    tried(() => store.list({ ...anyRecord, projectId: '7', limit: 100 })),
    tried(() => store.overdue(start * 2, 100)),
    tried(() => store.unannounced(100)),
    tried(() => store.getFingerprints(records.map(({ poolId }) => poolId))),
    tried(() => account.read()),
    tried(() => queue.takeDue(start, 100)),
    tried(() => queue.nextDueAt()),
  ])
  for (const [index, record] of records.entries()) {
    const one = found[index]
    if (typeof one !== 'object' || one === null || !('poolId' in one)) continue
    strictEqual(one.poolId, record.poolId)
  }
  return found.includes('trouble')
}

/** Damage that takes away whole pages may not go unnoticed. */
const loud = new Set<Spoiling['name']>(['cut', 'zero', 'noise'])
const counts = { refused: 0, troubled: 0, fine: 0 }

async function tryBytes(spoiling: Spoiling, ending: '' | '-wal' | null): Promise<void> {
  const files = ending === null ? { ...whole } : { ...withLog }
  const spoiled = ending ?? ''
  const before = Buffer.from(files[spoiled] ?? '')
  files[spoiled] = spoiling.apply(Buffer.from(before))
  put(files)
  const dataFile = tryToOpen()
  if (dataFile === null) {
    counts.refused += 1
    for (const [name, bytes] of Object.entries(files)) {
      deepStrictEqual(readFileSync(`${path}${name}`), bytes)
    }
    return
  }
  try {
    const stores = tryToUse(dataFile)
    const isTroubled = stores === null || (await readAll(stores))
    counts[isTroubled ? 'troubled' : 'fine'] += 1
    // A log that lost its end is one whose last commits never came to be.
    if (isTroubled || ending === '-wal' || !loud.has(spoiling.name)) return
    for (const record of records) {
      deepStrictEqual(await stores.store.get(record.poolId), record)
    }
  } finally {
    dataFile.close()
  }
}

/** One text in one row that is not what it should be. */
async function tryRow(row: Row, index: number, changes: readonly Change[]): Promise<void> {
  put(whole)
  const database = new DatabaseSync(path)
  const text = row === 'records' ? JSON.stringify(records[index]) : JSON.stringify(newAccountState)
  const changed = writeJson(changeJson(JSON.parse(text), changes))
  database
    .prepare(`update ${row} set body = ? where rowid = ?`)
    .run(changed, row === 'records' ? index + 1 : 1)
  database.close()
  const dataFile = openDataFile(path, { exclusive: true })
  try {
    const stores = tryToUse(dataFile)
    ok(stores !== null)
    await readAll(stores)
  } finally {
    dataFile.close()
  }
}

type Row = 'records' | 'account'
type Case =
  | { readonly spoiling: Spoiling; readonly ending: '' | '-wal' | null }
  | { readonly row: Row; readonly index: number; readonly changes: readonly Change[] }

const someCase: Arbitrary<Case> = oneof(
  {
    weight: 3,
    arbitrary: tuple(someSpoiledBytes, option(constantFrom('' as const, '-wal' as const))).map(
      ([spoiling, ending]) => ({ spoiling, ending }),
    ),
  },
  {
    weight: 1,
    arbitrary: tuple(constantFrom('records' as const, 'account' as const), nat(4), someChanges).map(
      ([row, index, changes]) => ({ row, index, changes }),
    ),
  },
)

fuzz(
  'data files',
  () =>
    asyncProperty(someCase, (drawn) =>
      'row' in drawn
        ? tryRow(drawn.row, drawn.index, drawn.changes)
        : tryBytes(drawn.spoiling, drawn.ending),
    ),
  () => {
    ok(counts.refused > 10)
    ok(counts.troubled > 0)
    ok(counts.fine > 10)
  },
)
