import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { explainFailure, explainMismatch } from './data-file-error.ts'

/** An open data file. `read` and `write` are the only ways to it. */
export interface DataFile {
  /** Its absolute path. */
  readonly path: string
  /**
   * Prepares a statement once, to be run in many a `read` or `write`.
   *
   * @throws DataFileError if the file lacks what the statement names.
   */
  readonly prepare: (sql: string) => StatementSync
  /**
   * Runs `work`, which only reads.
   *
   * @throws DataFileError if the file fails.
   */
  readonly read: <Result>(work: () => Result) => Promise<Result>
  /**
   * Runs `work` in a transaction; durable when it returns. If `work` throws, nothing is written.
   * Everything that is ever written passes here: the place to join many writes into one commit.
   *
   * @throws DataFileError if the file fails; nothing is written then.
   */
  readonly write: <Result>(work: () => Result) => Promise<Result>
  /** Gives up the file, and the lock on it. */
  readonly close: () => void
}

/** `release` gives up the lock after the database is closed. */
export function createDataFile(
  path: string,
  database: DatabaseSync,
  release: () => void,
): DataFile {
  return {
    path,
    prepare: (sql) => {
      try {
        return database.prepare(sql)
      } catch (error) {
        throw explainMismatch(path, error)
      }
    },
    read: async (work) => explained(path, work),
    write: async (work) => explained(path, () => inTransaction(database, work)),
    close: () => {
      database.close()
      release()
    },
  }
}

function explained<Result>(path: string, work: () => Result): Result {
  try {
    return work()
  } catch (error) {
    throw explainFailure(path, error)
  }
}

/** Immediate: a transaction that begins by reading may find at its first write that it is too late. */
function inTransaction<Result>(database: DatabaseSync, work: () => Result): Result {
  database.exec('begin immediate')
  try {
    const result = work()
    database.exec('commit')
    return result
  } catch (error) {
    // A full disk, for one, ends the transaction by itself.
    if (database.isTransaction) database.exec('rollback')
    throw error
  }
}
