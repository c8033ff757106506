import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { createCommitter } from './commit-together.ts'
import { DataFileError, explainFailure, explainMismatch } from './data-file-error.ts'
import { layoutVersion } from './data-file-layout.ts'

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
   * Everything that is ever written passes here, and shares its commit with whatever else is to be
   * written just then. `work` may run twice, so it must do nothing but write.
   *
   * @throws DataFileError if the file fails; nothing is written then.
   */
  readonly write: <Result>(work: () => Result) => Promise<Result>
  /**
   * Returns if the file can be written as far as anybody knows: after a failure it is tried.
   *
   * @throws DataFileError
   */
  readonly check: () => Promise<void>
  /** Gives up the file, and the lock on it. */
  readonly close: () => void
}

/** `release` gives up the lock after the database is closed. */
export function createDataFile(
  path: string,
  database: DatabaseSync,
  release: () => void,
): DataFile {
  const { commit, flush } = createCommitter(database)
  // The same number again: it changes nothing, but has to be written.
  const touch = database.prepare(`pragma user_version = ${layoutVersion}`)
  let hasFailed = false

  async function write<Result>(work: () => Result): Promise<Result> {
    try {
      const result = await explained(path, () => commit(work))
      hasFailed = false
      return result
    } catch (error) {
      if (error instanceof DataFileError) hasFailed = true
      throw error
    }
  }

  return {
    path,
    prepare: (sql) => {
      try {
        return database.prepare(sql)
      } catch (error) {
        throw explainMismatch(path, error)
      }
    },
    read: (work) => explained(path, async () => work()),
    write,
    check: async () => {
      if (hasFailed) await write(() => touch.run())
    },
    close: () => {
      flush()
      database.close()
      release()
    },
  }
}

async function explained<Result>(path: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    throw explainFailure(path, error)
  }
}
