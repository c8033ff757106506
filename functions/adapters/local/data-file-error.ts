import { $ZodError } from 'zod/v4/core'

/**
 * The data file cannot be used. The message says which file, what is wrong with it, and what a
 * person can do; the file was not changed.
 */
export class DataFileError extends Error {
  override readonly name: string = 'DataFileError'
  readonly path: string

  constructor(path: string, problem: string, remedy: string, options?: ErrorOptions) {
    super(`Data file ${path} ${problem}. ${remedy}`, options)
    this.path = path
  }
}

/** Another archiver works on the data file. */
export class DataFileBusyError extends DataFileError {
  override readonly name = 'DataFileBusyError'

  constructor(path: string, options?: ErrorOptions) {
    super(
      path,
      'is in use by another archiver that is running',
      'Stop that one first, or give this one another DATA_FILE.',
      options,
    )
  }
}

/** The primary result codes of SQLite that are told apart: https://sqlite.org/rescode.html */
export const sqliteBusy = 5

interface Meaning {
  readonly problem: string
  readonly remedy: string
}

const damaged: Meaning = {
  problem: 'is damaged',
  remedy:
    'Nothing was written to it. Put a backup in its place, or move it away to begin afresh; ' +
    'holds that operators placed are then lost, and have to be placed again.',
}

/** SQLite checks no content, so that a damaged page may still look like rows. */
const senseless: Meaning = { ...damaged, problem: 'is damaged: a row in it makes no sense' }

const incomplete: Meaning = { ...damaged, problem: 'is damaged: something is missing in it' }

const meanings: Readonly<Record<number, Meaning>> = {
  [sqliteBusy]: {
    problem: 'is kept locked by another program',
    remedy: 'Close programs that have it open, such as a database browser or a backup.',
  },
  8: {
    problem: 'cannot be written',
    remedy: 'Allow this user to write the file and its folder.',
  },
  10: {
    problem: 'cannot be read or written because the disk reports an error',
    remedy: 'Check the disk, then start again; nothing that was confirmed is lost.',
  },
  11: damaged,
  13: {
    problem: 'cannot grow because the disk is full',
    remedy: 'Make room; nothing that was confirmed is lost.',
  },
  14: {
    problem: 'cannot be opened',
    remedy: 'Allow this user to read and write the file and its folder, or change DATA_FILE.',
  },
  26: {
    problem: 'is not a data file of the archiver: it is not an SQLite file at all',
    remedy: 'Nothing was written to it. Change DATA_FILE, or move the file away.',
  },
}

/** SQLite's primary result code; null if SQLite did not throw this. */
export function sqliteCode(error: unknown): number | null {
  if (typeof error !== 'object' || error === null || !('errcode' in error)) return null
  return typeof error.errcode === 'number' ? error.errcode & 0xff : null
}

/** As `explainFailure`, where only statements ran that fit every data file that is whole. */
export function explainMismatch(path: string, error: unknown): DataFileError {
  const explained = explainFailure(path, error)
  if (explained instanceof DataFileError) return explained
  return new DataFileError(path, incomplete.problem, incomplete.remedy, { cause: error })
}

/** Says in words what befell the data file. What is a defect of ours comes back as it is. */
export function explainFailure(path: string, error: unknown): unknown {
  const meaning = error instanceof $ZodError ? senseless : meanings[sqliteCode(error) ?? 0]
  if (meaning === undefined) return error
  return new DataFileError(path, meaning.problem, meaning.remedy, { cause: error })
}
