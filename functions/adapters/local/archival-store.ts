import * as z from 'zod/mini'
import { RecordChanged, type ArchivalStore, type DueKey } from '../../application/ports.ts'
import type { Instant } from '../../domain/instant.ts'
import type { ArchivalRecord } from '../../domain/record.ts'
import type { State } from '../../domain/states.ts'
import type { DataFile } from './data-file.ts'
import { createLists, toRecord } from './list-records.ts'

const idRow = z.object({ pool_id: z.string() })

const fingerprintRow = z.object({ pool_id: z.string(), fingerprint: z.nullable(z.string()) })

const dueRow = z.object({ pool_id: z.string(), reason: z.string(), due_at: z.int() })

/** Each is answered out of an index: what it costs does not grow with the table. */
export const archivalStatements = {
  get: 'select pool_id, body from records where pool_id = ?',
  getFingerprints: `
    select pool_id, fingerprint from records where pool_id in (select value from json_each(?))`,
  insert: `
    insert into records
      (version, state, reason, due_at, fingerprint, has_outbox, updated_at, body, pool_id)
    values (?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing`,
  update: `
    update records
    set version = ?, state = ?, reason = ?, due_at = ?, fingerprint = ?, has_outbox = ?,
      updated_at = ?, body = ?
    where pool_id = ? and version = ?`,
  overdue: `
    select pool_id, reason, due_at from records where due_at <= ? order by due_at, pool_id limit ?`,
  archivedSince: `
    select pool_id from records indexed by records_archived
    where state = 'archived' and updated_at >= ?
    order by updated_at, pool_id limit ?`,
  unannounced: `
    select pool_id from records where has_outbox = 1 order by updated_at, pool_id limit ?`,
} as const

/**
 * The archival records in a data file. Every call may throw a DataFileError, and those that return
 * records an UnreadableRecordError. Pool ids are ordered as texts.
 */
export function createArchivalStore(dataFile: DataFile): ArchivalStore {
  const { prepare, read, write } = dataFile
  const get = prepare(archivalStatements.get)
  const getFingerprints = prepare(archivalStatements.getFingerprints)
  const insert = prepare(archivalStatements.insert)
  const update = prepare(archivalStatements.update)
  const overdue = prepare(archivalStatements.overdue)
  const archivedSince = prepare(archivalStatements.archivedSince)
  const unannounced = prepare(archivalStatements.unannounced)

  const find = (poolId: string): ArchivalRecord | null => {
    const row = get.get(poolId)
    return row === undefined ? null : toRecord(row)
  }

  return {
    get: (poolId) => read(() => find(poolId)),
    getFingerprints: (poolIds) =>
      read(() => {
        const rows = getFingerprints.all(JSON.stringify(poolIds))
        const parsed = rows.map((row) => z.parse(fingerprintRow, row))
        return new Map(parsed.map(({ pool_id: poolId, fingerprint }) => [poolId, fingerprint]))
      }),
    put: (record, expectedVersion) =>
      write(() => {
        const columns = toColumns(record)
        const { changes } =
          expectedVersion === 0 ? insert.run(...columns) : update.run(...columns, expectedVersion)
        if (changes === 0) throw new RecordChanged(record.poolId, find(record.poolId))
      }),
    ...createLists(dataFile),
    overdue: (until, limit) => read(() => overdue.all(until, limit).map(toDueKey)),
    archivedSince: (since, limit) => read(() => archivedSince.all(since, limit).map(toPoolId)),
    unannounced: (limit) => read(() => unannounced.all(limit).map(toPoolId)),
  }
}

type Columns = [
  number,
  State,
  string,
  Instant | null,
  string | null,
  number,
  Instant,
  string,
  string,
]

function toColumns(record: ArchivalRecord): Columns {
  const { poolId, version, state, reason, dueAt, fingerprint, outbox, updatedAt } = record
  const hasOutbox = outbox.length > 0 ? 1 : 0
  const body = JSON.stringify(record)
  return [version, state, reason, dueAt, fingerprint, hasOutbox, updatedAt, body, poolId]
}

function toPoolId(row: unknown): string {
  return z.parse(idRow, row).pool_id
}

function toDueKey(row: unknown): DueKey {
  const { pool_id: poolId, reason, due_at: dueAt } = z.parse(dueRow, row)
  return { poolId, reason, dueAt }
}
