import { ScanCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod/mini'
import type { ArchivalStore, RecordPage } from '../../application/ports.ts'
import type { ArchivalRecord } from '../../domain/record.ts'
import type { State } from '../../domain/states.ts'
import { queryItems, readItems } from './read-items.ts'
import { isPoolItem, itemId, poolIdOf, toRecord } from './record-item.ts'
import { byState, type Table } from './table.ts'

type ListQuery = Parameters<ArchivalStore['list']>[0]

/**
 * The records of one state come out of the index, in the order of their due times; one that moves
 * while the pages are read may come twice or not at all. All records come by a scan of the table in
 * an order of its own, and each comes once, wherever it moves.
 */
export async function listRecords(
  table: Table,
  { state, after, limit }: ListQuery,
  pause: (ms: number) => Promise<void>,
): Promise<RecordPage> {
  return state === null
    ? scanRecords(table, after, limit)
    : listByState(table, { state, after, limit }, pause)
}

async function scanRecords(
  { client, name: TableName }: Table,
  after: string | null,
  limit: number,
): Promise<RecordPage> {
  const records: ArchivalRecord[] = []
  let from = after === null ? undefined : { id: itemId(after) }
  for (;;) {
    // One more than is wanted tells whether another page follows.
    const scan = { TableName, Limit: limit + 1, ExclusiveStartKey: from, ConsistentRead: true }
    const { Items = [], LastEvaluatedKey } = await client.send(new ScanCommand(scan))
    records.push(...Items.filter(isPoolItem).map(toRecord))
    const kept = records.slice(0, limit)
    if (records.length > limit) return { records: kept, next: kept.at(-1)?.poolId ?? null }
    if (LastEvaluatedKey === undefined) return { records: kept, next: null }
    from = z.parse(tableKey, LastEvaluatedKey)
  }
}

const tableKey = z.object({ id: z.string() })
const indexKey = z.object({ id: z.string(), state: z.string(), at: z.int() })

async function listByState(
  table: Table,
  { state, after, limit }: ListQuery & { readonly state: State },
  pause: (ms: number) => Promise<void>,
): Promise<RecordPage> {
  const query = {
    IndexName: byState,
    KeyConditionExpression: '#state = :state',
    ExpressionAttributeNames: { '#state': 'state' },
    ExpressionAttributeValues: { ':state': state },
    ExclusiveStartKey: after === null ? undefined : startAfter(state, after),
  }
  const found = await queryItems(table, query, limit + 1)
  const page = found.slice(0, limit)
  const poolIds = page.map(poolIdOf)
  const items = await readItems(table, poolIds, { consistent: true, pause })
  const records = new Map(items.map(toRecord).map((record) => [record.poolId, record]))
  return {
    // The index may be a moment behind: what has moved on since is of another state.
    records: poolIds
      .flatMap((poolId) => records.get(poolId) ?? [])
      .filter((record) => record.state === state),
    next: found.length > limit ? cursorOf(page.at(-1)) : null,
  }
}

/** The place of an item in the index, such as `1796000000000/17`. */
function cursorOf(item: unknown): string {
  return `${z.parse(indexKey, item).at}/${poolIdOf(item)}`
}

function startAfter(state: State, cursor: string) {
  const [, at, poolId] = /^(\d+)\/(.+)$/.exec(cursor) ?? []
  if (at === undefined || poolId === undefined) {
    throw new RangeError(`${JSON.stringify(cursor)} is no place in a list of ${state} records.`)
  }
  return { id: itemId(poolId), state, at: Number(at) }
}
