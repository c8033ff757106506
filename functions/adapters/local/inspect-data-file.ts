import { statSync, type Stats } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { pathToFileURL } from 'node:url'
import * as z from 'zod/mini'
import { DataFileError, explainFailure, explainMismatch } from './data-file-error.ts'
import { applicationId, layoutVersion, probes } from './data-file-layout.ts'

const untouched = 'Nothing was written to it.'

/**
 * Makes sure that a file is ours and whole as far as that can be told cheaply, and leaves it byte
 * for byte as it is. Returns the version of its layout; null if there is no such file.
 *
 * Looks only through SQLite: to open and close the file by other means would drop the locks that
 * this process may hold on it (https://sqlite.org/howtocorrupt.html, 2.2).
 *
 * @throws DataFileError if the file cannot be used.
 */
export function inspectDataFile(path: string): number | null {
  const status = readStatus(path)
  if (status === undefined) return expectNoTraces(path)
  if (!status.isFile()) {
    throw new DataFileError(path, 'is not a file', 'Change DATA_FILE to the name of a file.')
  }
  // SQLite takes one byte for none, and deletes the log of an empty file.
  if (status.size <= 1) {
    throw new DataFileError(
      path,
      'is empty, which a data file never is',
      'Put a backup in its place, or delete it to begin afresh.',
    )
  }
  const database = openForLooking(path)
  try {
    return readVersion(database, path)
  } catch (error) {
    throw explainMismatch(path, error)
  } finally {
    database.close()
  }
}

function readStatus(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false })
  } catch (error) {
    throw new DataFileError(path, 'cannot be reached', 'Check DATA_FILE and the rights to it.', {
      cause: error,
    })
  }
}

function logSize(path: string): number | null {
  return readStatus(`${path}-wal`)?.size ?? null
}

/** SQLite would write the log of a lost file into a new one. */
function expectNoTraces(path: string): null {
  if (logSize(path) === null) return null
  throw new DataFileError(
    path,
    `is missing, but its log ${path}-wal is there`,
    'Put the data file back beside its log, or delete the log too to begin afresh.',
  )
}

/**
 * Without a log beside it the file is read as if it could not change: SQLite then creates no files
 * beside it. With a log that would be wrong, so that the log is read too, and left as it is.
 */
function openForLooking(path: string): DatabaseSync {
  const url = pathToFileURL(path)
  if (logSize(path) === null) url.searchParams.set('immutable', '1')
  try {
    return new DatabaseSync(url, { readOnly: true })
  } catch (error) {
    throw explainFailure(path, error)
  }
}

function readVersion(database: DatabaseSync, path: string): number {
  if (readNumber(database, 'application_id') !== applicationId) {
    throw new DataFileError(
      path,
      'belongs to another program',
      `${untouched} Change DATA_FILE, or move the file away.`,
    )
  }
  const version = readNumber(database, 'user_version')
  if (version > layoutVersion) {
    throw new DataFileError(
      path,
      `was written by a newer archiver (layout ${version}, this one knows ${layoutVersion})`,
      `${untouched} Start the newer archiver again, or put a backup of the older one in its place.`,
    )
  }
  expectWhole(database, path)
  if (version === layoutVersion) expectReadable(database, path)
  return version
}

/** Pages are either in the file or in its log. SQLite itself compares only if there is no log. */
function expectWhole(database: DatabaseSync, path: string): void {
  const expected = readNumber(database, 'page_count') * readNumber(database, 'page_size')
  const found = (logSize(path) ?? 0) + (readStatus(path)?.size ?? 0)
  if (found >= expected) return
  throw new DataFileError(
    path,
    `is damaged: ${found} of at least ${expected} bytes are there`,
    `${untouched} Put a backup in its place, or move it away to begin afresh.`,
  )
}

function expectReadable(database: DatabaseSync, path: string): void {
  for (const probe of probes) {
    try {
      database.prepare(probe).all()
    } catch (error) {
      throw explainMismatch(path, error)
    }
  }
}

const pragmaRow = z.record(z.string(), z.number())

function readNumber(database: DatabaseSync, pragma: string): number {
  const row = z.parse(pragmaRow, database.prepare(`pragma ${pragma}`).get())
  return row[pragma] ?? 0
}
