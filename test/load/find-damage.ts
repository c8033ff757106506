import { DatabaseSync } from 'node:sqlite'
import * as z from 'zod/mini'

const checked = z.object({ integrity_check: z.string() })

/** What SQLite finds wrong with a file; `ok` if nothing. */
export function findDamage(path: string): string {
  const database = new DatabaseSync(path, { readOnly: true })
  try {
    return z.parse(checked, database.prepare('pragma integrity_check').get()).integrity_check
  } finally {
    database.close()
  }
}
