import { closeSync, openSync } from 'node:fs'

/**
 * Makes an empty file that only this user can read, unless there is a file already. SQLite takes an
 * empty file for a new database, and gives the files beside it the same rights.
 */
export function createPrivateFile(path: string): void {
  try {
    closeSync(openSync(path, 'a', 0o600))
  } catch {
    // SQLite, which opens it next, says why in its own terms.
  }
}
