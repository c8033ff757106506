import { accessSync, constants, mkdirSync, realpathSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { createPrivateFile } from './create-private-file.ts'
import { createDataFile, type DataFile } from './data-file.ts'
import { DataFileError, explainFailure, explainMismatch } from './data-file-error.ts'
import { layoutVersion, upgradeLayout } from './data-file-layout.ts'
import { inspectDataFile } from './inspect-data-file.ts'
import { lockDataFile } from './lock-data-file.ts'

export interface OpenOptions {
  /**
   * True for the archiver: only one at a time, creates the file and its folder if need be, and
   * upgrades an older file. False for what works beside it, such as the command line: the file must
   * be there, or a mistyped name would look like an archiver that knows no pool.
   */
  readonly exclusive: boolean
}

/**
 * Opens the data file at `path`.
 *
 * @throws DataFileBusyError if `exclusive` and another archiver has the file.
 * @throws DataFileError if the file cannot be used; it is then left byte for byte as it was.
 */
export function openDataFile(path: string, { exclusive }: OpenOptions): DataFile {
  if (!exclusive) return openBeside(resolvePath(path))
  makeFolder(path)
  return openAlone(resolvePath(path))
}

/** Looks before it locks, so that a file that is not ours gets no lock file beside it. */
function openAlone(path: string): DataFile {
  inspectDataFile(path)
  const release = lockDataFile(path)
  try {
    const version = inspectDataFile(path)
    if (version === null) createFile(path)
    return connect(path, version ?? layoutVersion, release)
  } catch (error) {
    release()
    throw error
  }
}

function openBeside(path: string): DataFile {
  const version = inspectDataFile(path)
  if (version === null) {
    throw new DataFileError(path, 'does not exist', 'Check DATA_FILE, or start the archiver first.')
  }
  if (version < layoutVersion) {
    throw new DataFileError(
      path,
      `was written by an older archiver (layout ${version}, this one knows ${layoutVersion})`,
      'Start the archiver once, it upgrades the file.',
    )
  }
  return connect(path, version, () => {})
}

function makeFolder(path: string): void {
  try {
    mkdirSync(dirname(resolve(path)), { recursive: true })
  } catch (error) {
    throw new DataFileError(
      path,
      'cannot be created: its folder is missing and cannot be made',
      'Make the folder and allow this user to write it, or change DATA_FILE.',
      { cause: error },
    )
  }
}

/** One file may have many names, such as symbolic links, and must have one lock. */
function resolvePath(path: string): string {
  const absolute = resolve(path)
  return followLinks(join(followLinks(dirname(absolute)), basename(absolute)))
}

function followLinks(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    // Not there, or not to be seen: whoever opens it says so.
    return path
  }
}

/** The file gets its name when it is complete, so a crash never leaves half of one. */
function createFile(path: string): void {
  const unfinished = `${path}.unfinished`
  try {
    for (const ending of ['', '-journal', '-wal', '-shm']) {
      rmSync(`${unfinished}${ending}`, { force: true })
    }
    createPrivateFile(unfinished)
    const database = new DatabaseSync(unfinished)
    try {
      upgradeLayout(database, 0)
      database.exec('pragma journal_mode = wal')
    } finally {
      database.close()
    }
    renameSync(unfinished, path)
  } catch (error) {
    throw explainFailure(path, error)
  }
}

function connect(path: string, version: number, release: () => void): DataFile {
  expectWritable(path)
  try {
    const database = new DatabaseSync(path)
    try {
      database.exec(`
        pragma busy_timeout = 5000;
        pragma journal_mode = wal;
        pragma synchronous = full;
      `)
      upgradeLayout(database, version)
      // Takes up the files of the log too: if that fails, then now.
      database.exec('begin immediate; rollback')
    } catch (error) {
      database.close()
      throw error
    }
    return createDataFile(path, database, release)
  } catch (error) {
    throw explainMismatch(path, error)
  }
}

/** SQLite would open the file all the same, and leave files beside it that can only be read too. */
function expectWritable(path: string): void {
  try {
    accessSync(path, constants.W_OK)
  } catch (error) {
    throw new DataFileError(
      path,
      'cannot be written',
      'Allow this user to write the file and its folder.',
      { cause: error },
    )
  }
}
