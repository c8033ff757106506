import { DatabaseSync } from 'node:sqlite'
import { createPrivateFile } from './create-private-file.ts'
import { DataFileBusyError, explainFailure, sqliteBusy, sqliteCode } from './data-file-error.ts'

/**
 * Makes this process the only archiver on a data file; returns what gives that up again.
 *
 * The lock is a transaction on a second SQLite file, `<path>.lock`, which is never committed. The
 * operating system drops it when the process ends, however it ends, so it needs neither a heartbeat
 * nor cleaning up; the empty file stays and means nothing. The data file itself stays open to
 * other processes, such as the command line.
 *
 * @throws DataFileBusyError if another archiver has the lock.
 * @throws DataFileError if the lock file cannot be used.
 */
export function lockDataFile(path: string): () => void {
  const lockPath = lockPathOf(path)
  try {
    // Whoever can read it could hold it.
    createPrivateFile(lockPath)
    const lock = new DatabaseSync(lockPath)
    try {
      lock.exec('pragma busy_timeout = 0; begin exclusive')
    } catch (error) {
      lock.close()
      throw error
    }
    return () => lock.close()
  } catch (error) {
    if (sqliteCode(error) === sqliteBusy) throw new DataFileBusyError(path, { cause: error })
    throw explainFailure(lockPath, error)
  }
}

/** Where the lock of a data file lies. */
export function lockPathOf(path: string): string {
  return `${path}.lock`
}
