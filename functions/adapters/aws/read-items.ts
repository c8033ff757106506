import { BatchGetCommand, QueryCommand, type QueryCommandInput } from '@aws-sdk/lib-dynamodb'
import { itemId } from './record-item.ts'
import type { Table } from './table.ts'

/** As many as DynamoDB gives in one answer. */
const batchSize = 100
/** DynamoDB leaves out what it cannot give at once; it should be able to soon. */
const tries = 8
const firstPauseMs = 50

export interface BatchOptions {
  /** All attributes if it is not given. */
  readonly attributes?: readonly string[]
  /** Reads what was written last, for twice the price. */
  readonly consistent: boolean
  /** Returns after so many milliseconds. */
  readonly pause: (ms: number) => Promise<void>
}

/**
 * The items of pools, in no order; those that are not there are left out.
 *
 * @throws Error if DynamoDB would not give all: half an answer must not look like a whole one.
 */
export async function readItems(
  table: Table,
  poolIds: readonly string[],
  options: BatchOptions,
): Promise<readonly unknown[]> {
  const ids = [...new Set(poolIds)].map((poolId) => ({ id: itemId(poolId) }))
  const items: unknown[] = []
  for (let first = 0; first < ids.length; first += batchSize) {
    items.push(...(await readBatch(table, ids.slice(first, first + batchSize), options)))
  }
  return items
}

type Key = Record<string, unknown>

async function readBatch(
  { client, name }: Table,
  keys: readonly Key[],
  { attributes, consistent, pause }: BatchOptions,
): Promise<readonly unknown[]> {
  const items: unknown[] = []
  let left = keys
  for (let done = 0; done < tries; done += 1) {
    if (done > 0) await pause(firstPauseMs * 2 ** (done - 1))
    const request = {
      Keys: [...left],
      ConsistentRead: consistent,
      ...(attributes && projectionOf(attributes)),
    }
    const answer = await client.send(new BatchGetCommand({ RequestItems: { [name]: request } }))
    items.push(...(answer.Responses?.[name] ?? []))
    left = answer.UnprocessedKeys?.[name]?.Keys ?? []
    if (left.length === 0) return items
  }
  throw new Error(`DynamoDB left out ${left.length} of ${keys.length} records, ${tries} times.`)
}

/** Some names are words of DynamoDB's own, so each gets another one in the expression. */
function projectionOf(attributes: readonly string[]) {
  return {
    ProjectionExpression: attributes.map((name) => `#${name}`).join(', '),
    ExpressionAttributeNames: Object.fromEntries(attributes.map((name) => [`#${name}`, name])),
  }
}

/**
 * The first items of an index that pass the filter of the query, read page by page: `limit`, perhaps
 * some more, or all that there are. DynamoDB counts before it filters, so that a limit for it would
 * make many small pages of few items each.
 */
export async function queryItems(
  { client, name }: Table,
  query: Omit<QueryCommandInput, 'TableName' | 'Limit'>,
  limit: number,
): Promise<readonly unknown[]> {
  const items: unknown[] = []
  let from = query.ExclusiveStartKey
  do {
    const Limit = query.FilterExpression === undefined ? limit - items.length : undefined
    const page = { TableName: name, Limit, ExclusiveStartKey: from }
    const answer = await client.send(new QueryCommand({ ...query, ...page }))
    items.push(...(answer.Items ?? []))
    from = answer.LastEvaluatedKey
  } while (from !== undefined && items.length < limit)
  return items
}
