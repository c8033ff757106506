import type { DatabaseSync } from 'node:sqlite'
import { sqliteBusy, sqliteCode } from './data-file-error.ts'

interface Waiting {
  /** Writes, and returns what tells so once that is durable. */
  readonly run: () => () => void
  readonly refuse: (error: unknown) => void
}

/** Joins what is to be written at the same time into one commit. */
export interface Committer {
  /** Runs `work` in a transaction; durable when it returns. It may run twice: see `commitAll`. */
  readonly commit: <Result>(work: () => Result) => Promise<Result>
  /** Commits at once what still waits. */
  readonly flush: () => void
}

/**
 * A commit costs one wait for the disk, however much is in it. So what comes within one turn of the
 * event loop, such as the webhooks that were just read from their connections, shares one.
 */
export function createCommitter(database: DatabaseSync): Committer {
  let waiting: Waiting[] = []

  const flush = (): void => {
    const all = waiting
    waiting = []
    commitAll(database, all)
  }

  return {
    commit: (work) =>
      new Promise((resolve, reject) => {
        if (waiting.length === 0) setImmediate(flush)
        const run = (): (() => void) => {
          const result = work()
          return () => resolve(result)
        }
        waiting.push({ run, refuse: reject })
      }),
    flush,
  }
}

/** If all together fail, each gets a try of its own: the failure of one is not that of the others. */
function commitAll(database: DatabaseSync, all: readonly Waiting[]): void {
  if (all.length === 0) return
  try {
    const confirmations = inTransaction(database, () => all.map(({ run }) => run()))
    for (const confirm of confirmations) confirm()
  } catch (error) {
    // To wait again for somebody else's lock, once for each, would stop everything for minutes.
    if (all.length === 1 || sqliteCode(error) === sqliteBusy) {
      for (const { refuse } of all) refuse(error)
    } else {
      for (const one of all) commitAll(database, [one])
    }
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
