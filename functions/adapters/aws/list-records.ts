import { ScanCommand, type QueryCommandInput } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod/mini'
import type { RecordPage, ReadingPage } from '../../application/ports.ts'
import {
  fitsQuery,
  readPoolPlace,
  UnknownPlaceError,
  type RecordQuery,
} from '../../application/record-query.ts'
import { tryToReadRecord, UnreadableRecordError } from '../../application/stored-record.ts'
import type { Instant } from '../../domain/instant.ts'
import { states, type State } from '../../domain/states.ts'
import { queryItems, readItems } from './read-items.ts'
import { isPoolItem, itemId, poolIdOf, toRecord } from './record-item.ts'
import { byState, type Table } from './table.ts'

/**
 * Whatever is filtered comes out of the index by state, the soonest first, and archived records by
 * when that was; one that is written while the pages are read may come twice or not at all. All
 * records come by a scan of the table in an order of its own, each once, whatever is written.
 */
export async function listRecords(
  table: Table,
  query: RecordQuery,
  pause: (ms: number) => Promise<void>,
): Promise<RecordPage> {
  const { state, reason, projectId, dueUntil, after, limit } = query
  const isFiltered = [state, reason, projectId, dueUntil].some((filter) => filter !== null)
  if (isFiltered) return listFromIndex(table, query, pause)
  const { readings, next } = await scanRecords(table, after, limit)
  const records = readings.map((reading) => {
    if (reading instanceof UnreadableRecordError) throw reading
    return reading
  })
  return { records, next }
}

/** All records, by a scan, with the errors of those that cannot be read in their places. */
export async function scanRecords(
  { client, name: TableName }: Table,
  after: string | null,
  limit: number,
): Promise<ReadingPage> {
  const items: unknown[] = []
  let from = after === null ? undefined : { id: itemId(readPoolPlace(after)) }
  for (;;) {
    // One more than is wanted tells whether another page follows.
    const scan = { TableName, Limit: limit + 1, ExclusiveStartKey: from, ConsistentRead: true }
    const { Items = [], LastEvaluatedKey } = await client.send(new ScanCommand(scan))
    items.push(...Items.filter(isPoolItem))
    if (items.length > limit || LastEvaluatedKey === undefined) break
    from = z.parse(tableKey, LastEvaluatedKey)
  }
  const page = items.slice(0, limit)
  return {
    readings: page.map((item) => tryToReadRecord(() => toRecord(item))),
    next: items.length > limit ? poolIdOf(page.at(-1)) : null,
  }
}

const tableKey = z.object({ id: z.string() })

/** Where an item stands in the index. Places are compared by time, then by state, as `states` has them. */
interface Place {
  readonly at: Instant
  readonly state: State
  readonly poolId: string
}

async function listFromIndex(
  table: Table,
  query: RecordQuery,
  pause: (ms: number) => Promise<void>,
): Promise<RecordPage> {
  const { dueUntil, limit } = query
  const concerned = states
    .filter((state) => query.state === null || state === query.state)
    .filter((state) => dueUntil === null || state !== 'archived')
  const start = query.after === null ? null : readPlace(query.after, concerned)
  const queries = concerned.flatMap((state) => queryOfState(state, query, start) ?? [])
  const found = await Promise.all(queries.map((each) => queryItems(table, each, limit + 1)))
  // Where two are equal the sort keeps their order, which is that of the states and of the index.
  const places = found.flatMap((items) => items.map(placeOf)).toSorted((a, b) => a.at - b.at)
  const page = places.slice(0, limit)
  const poolIds = page.map(({ poolId }) => poolId)
  const items = await readItems(table, poolIds, { consistent: true, pause })
  const records = new Map(items.map(toRecord).map((record) => [record.poolId, record]))
  const last = page.at(-1)
  return {
    // The index may be a moment behind: what has moved on since does not fit any more.
    records: poolIds
      .flatMap((poolId) => records.get(poolId) ?? [])
      .filter((record) => fitsQuery(record, query)),
    next: last && places.length > limit ? `${last.at}/${last.state}/${last.poolId}` : null,
  }
}

/**
 * The items of one state that come after a place. Only of the place's own state is it known which
 * items of the same time came before it; those of other states came all, or none, by their order.
 * Null if nothing can come any more.
 */
function queryOfState(
  state: State,
  { reason, projectId, dueUntil }: RecordQuery,
  start: Place | null,
): Omit<QueryCommandInput, 'TableName' | 'Limit'> | null {
  const isBefore = start !== null && states.indexOf(state) < states.indexOf(start.state)
  const from = start === null ? earliest : start.at + (isBefore ? 1 : 0)
  const until = dueUntil ?? latest
  if (from > until) return null
  const filters = [
    ...(reason === null ? [] : [{ name: 'reason', value: reason }]),
    ...(projectId === null ? [] : [{ name: 'projectId', value: projectId }]),
  ]
  return {
    IndexName: byState,
    KeyConditionExpression: '#state = :state and #at between :from and :until',
    FilterExpression: filters.map(({ name }) => `#${name} = :${name}`).join(' and ') || undefined,
    ExpressionAttributeNames: {
      '#state': 'state',
      '#at': 'at',
      ...Object.fromEntries(filters.map(({ name }) => [`#${name}`, name])),
    },
    ExpressionAttributeValues: {
      ':state': state,
      ':from': from,
      ':until': until,
      ...Object.fromEntries(filters.map(({ name, value }) => [`:${name}`, value])),
    },
    ExclusiveStartKey:
      state === start?.state ? { id: itemId(start.poolId), state, at: start.at } : undefined,
  }
}

const earliest = Number.MIN_SAFE_INTEGER
const latest = Number.MAX_SAFE_INTEGER

const placeItem = z.object({ state: z.enum(states), at: z.int() })

function placeOf(item: unknown): Place {
  return { ...z.parse(placeItem, item), poolId: poolIdOf(item) }
}

const placePattern = /^(-?\d{1,15})\/([a-z]+)\/(\d{1,32})$/

function readPlace(after: string, concerned: readonly State[]): Place {
  const [, at, name, poolId] = placePattern.exec(after) ?? []
  const state = concerned.find((known) => known === name)
  if (at === undefined || state === undefined || poolId === undefined) {
    throw new UnknownPlaceError(after)
  }
  return { at: Number(at), state, poolId }
}
