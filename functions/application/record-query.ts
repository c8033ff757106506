import type { Instant } from '../domain/instant.ts'
import { isPoolId } from '../domain/pool.ts'
import type { ReasonCode } from '../domain/reasons.ts'
import type { ArchivalRecord } from '../domain/record.ts'
import type { State } from '../domain/states.ts'

/** Which records are asked for. Null asks for any; a record has to fit all that is not null. */
export interface RecordQuery {
  readonly state: State | null
  readonly reason: ReasonCode | null
  /** As the pool was last read: a pool that nobody has looked at yet has no project. */
  readonly projectId: string | null
  /** Due at this instant or earlier; so never archived. */
  readonly dueUntil: Instant | null
  /** The `next` of the page before; null for the first page. */
  readonly after: string | null
  /** Of one page; at least 1. */
  readonly limit: number
}

/** Asks for all records; the caller adds how many a page has, and perhaps a filter. */
export const anyRecord: Omit<RecordQuery, 'limit'> = {
  state: null,
  reason: null,
  projectId: null,
  dueUntil: null,
  after: null,
}

export function fitsQuery(record: ArchivalRecord, query: RecordQuery): boolean {
  const { state, reason, projectId, dueUntil } = query
  return (
    (state === null || record.state === state) &&
    (reason === null || record.reason === reason) &&
    (projectId === null || record.pool?.projectId === projectId) &&
    (dueUntil === null || (record.dueAt !== null && record.dueAt <= dueUntil))
  )
}

/** `after` is nothing that a page of this list ever gave as its `next`. */
export class UnknownPlaceError extends Error {
  override readonly name = 'UnknownPlaceError'

  constructor(after: string) {
    super(
      `${JSON.stringify(after.slice(0, 80))} is no place in this list. ` +
        'Give the "next" of a page of the same list, or nothing to begin from the start.',
    )
  }
}

/** A place in a list that is ordered by pool id, as texts: behind that pool. */
export function readPoolPlace(after: string): string {
  if (!isPoolId(after)) throw new UnknownPlaceError(after)
  return after
}

/** A place in a list that is ordered by due time, then by pool id. */
export interface DuePlace {
  readonly dueAt: Instant
  readonly poolId: string
}

export function writeDuePlace({ dueAt, poolId }: DuePlace): string {
  return `${dueAt}/${poolId}`
}

const duePlacePattern = /^(-?\d{1,15})\/(\d{1,32})$/

export function readDuePlace(after: string): DuePlace {
  const [, dueAt, poolId] = duePlacePattern.exec(after) ?? []
  if (dueAt === undefined || poolId === undefined) throw new UnknownPlaceError(after)
  return { dueAt: Number(dueAt), poolId }
}
