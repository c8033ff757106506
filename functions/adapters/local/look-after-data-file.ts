import { existsSync, statfsSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import * as z from 'zod/mini'
import type { Instant } from '../../domain/instant.ts'
import type { DataFile } from './data-file.ts'
import { explainFailure, sqliteBusy, sqliteCode } from './data-file-error.ts'
import { lockPathOf } from './lock-data-file.ts'

/** How a data file is, for whoever looks after it. */
export interface DataFileHealth {
  /** What SQLite finds wrong, such as a page that is used twice; null if it is whole. */
  readonly damage: string | null
  readonly sizeBytes: number
  /** On the disk where it lies, for this user. */
  readonly freeBytes: number
}

export interface QueueDepth {
  /** Wake-ups that are due. */
  readonly due: number
  /** Since when the first of them is; null if there is none. */
  readonly oldestAt: Instant | null
}

export const wakeUpDepth =
  'select count(*) as due, min(take_at) as oldest from wake_ups where take_at <= ?'

const quickCheck = z.object({ quick_check: z.string() })
const depthRow = z.object({ due: z.int(), oldest: z.nullable(z.int()) })

/**
 * Goes through the whole file: seconds for a large one. Throws a DataFileError if it cannot.
 */
export async function checkDataFile({ path, prepare, read }: DataFile): Promise<DataFileHealth> {
  const check = prepare('pragma quick_check(1)')
  return read(() => {
    const verdict = z.parse(quickCheck, check.get()).quick_check
    const { bavail, bsize } = statfsSync(dirname(path))
    return {
      damage: verdict === 'ok' ? null : verdict,
      sizeBytes: statSync(path).size,
      freeBytes: bavail * bsize,
    }
  })
}

/** Throws a DataFileError if the file fails. */
export async function readQueueDepth(
  { prepare, read }: DataFile,
  now: Instant,
): Promise<QueueDepth> {
  const depth = prepare(wakeUpDepth)
  return read(() => {
    const { due, oldest } = z.parse(depthRow, depth.get(now))
    return { due, oldestAt: oldest }
  })
}

/**
 * Whether an archiver runs on the file at this path; it has the lock then, and lets nobody read it.
 * Throws a DataFileError if that cannot be found out.
 */
export function isDataFileInUse(path: string): boolean {
  const lockPath = lockPathOf(path)
  if (!existsSync(lockPath)) return false
  try {
    const lock = new DatabaseSync(lockPath, { readOnly: true })
    try {
      lock.exec('pragma busy_timeout = 0; select count(*) from sqlite_master')
      return false
    } finally {
      lock.close()
    }
  } catch (error) {
    if (sqliteCode(error) === sqliteBusy) return true
    throw explainFailure(lockPath, error)
  }
}
