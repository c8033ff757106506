import * as z from 'zod/mini'
import type { ArchivalStore } from '../../application/ports.ts'
import {
  anyRecord,
  readDuePlace,
  readPoolPlace,
  writeDuePlace,
  type RecordQuery,
} from '../../application/record-query.ts'
import { parseRecord, tryToReadRecord } from '../../application/stored-record.ts'
import type { ArchivalRecord } from '../../domain/record.ts'
import type { DataFile } from './data-file.ts'

/**
 * Each goes along one index, in its order, from the place where the page begins. What is due is
 * filtered in the index; the others have few columns beside it to look at.
 */
export const listStatements = {
  all: 'select pool_id, body from records where pool_id > :place order by pool_id limit :limit',
  ofState: `
    select pool_id, body from records where state = :state and pool_id > :place
    order by pool_id limit :limit`,
  ofReason: `
    select pool_id, body from records where reason = :reason and pool_id > :place
      and (:state is null or state = :state)
    order by pool_id limit :limit`,
  ofProject: `
    select pool_id, body from records where project_id = :projectId and pool_id > :place
      and (:state is null or state = :state) and (:reason is null or reason = :reason)
    order by pool_id limit :limit`,
  due: `
    select pool_id, due_at, body from records
    where due_at <= :dueUntil and (due_at, pool_id) > (:dueAt, :place)
      and (:state is null or state = :state) and (:reason is null or reason = :reason)
      and (:projectId is null or project_id = :projectId)
    order by due_at, pool_id limit :limit`,
} as const

const bodyRow = z.object({ pool_id: z.string(), body: z.string() })

const dueRow = z.object({ pool_id: z.string(), due_at: z.int() })

/** Lists what is in a data file. */
export function createLists({ prepare, read }: DataFile): Pick<ArchivalStore, 'list' | 'readAll'> {
  const all = prepare(listStatements.all)
  const ofState = prepare(listStatements.ofState)
  const ofReason = prepare(listStatements.ofReason)
  const ofProject = prepare(listStatements.ofProject)
  const due = prepare(listStatements.due)

  /** One row more than the page has tells whether another page follows. */
  const findRows = (query: RecordQuery): readonly unknown[] => {
    const { state, reason, projectId, dueUntil } = query
    const limit = query.limit + 1
    if (dueUntil !== null) {
      const { dueAt, poolId: place } = startOfDue(query.after)
      return due.all({ dueUntil, dueAt, place, state, reason, projectId, limit })
    }
    const place = query.after === null ? '' : readPoolPlace(query.after)
    if (projectId !== null) return ofProject.all({ projectId, state, reason, place, limit })
    if (reason !== null) return ofReason.all({ reason, state, place, limit })
    if (state !== null) return ofState.all({ state, place, limit })
    return all.all({ place, limit })
  }

  return {
    list: (query) =>
      read(() => {
        const rows = findRows(query)
        const page = rows.slice(0, query.limit)
        const place = query.dueUntil === null ? poolPlaceOf : duePlaceOf
        return {
          records: page.map(toRecord),
          next: rows.length > page.length ? place(page.at(-1)) : null,
        }
      }),
    readAll: (after, limit) =>
      read(() => {
        const rows = findRows({ ...anyRecord, after, limit })
        const page = rows.slice(0, limit)
        return {
          readings: page.map((row) => tryToReadRecord(() => toRecord(row))),
          next: rows.length > page.length ? poolPlaceOf(page.at(-1)) : null,
        }
      }),
  }
}

function startOfDue(after: string | null) {
  return after === null ? { dueAt: Number.MIN_SAFE_INTEGER, poolId: '' } : readDuePlace(after)
}

function poolPlaceOf(row: unknown): string {
  return z.parse(bodyRow, row).pool_id
}

function duePlaceOf(row: unknown): string {
  const { pool_id: poolId, due_at: dueAt } = z.parse(dueRow, row)
  return writeDuePlace({ dueAt, poolId })
}

/** @throws UnreadableRecordError */
export function toRecord(row: unknown): ArchivalRecord {
  const { pool_id: poolId, body } = z.parse(bodyRow, row)
  return parseRecord(poolId, body)
}
