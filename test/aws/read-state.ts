import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb'
import type { AwsConnection } from './aws-connection.ts'

/** What the table says of a pool beside the record itself: enough to follow its life. */
export interface StoredState {
  readonly state: string | null
  readonly reason: string | null
  /** ms since the epoch */
  readonly dueAt: number | null
}

/** Null if there is no record of the pool. */
export async function readState(
  connection: AwsConnection,
  table: string,
  poolId: string,
): Promise<StoredState | null> {
  const client = new DynamoDBClient(connection)
  try {
    const key = { id: { S: `pool:${poolId}` } }
    const command = new GetItemCommand({ TableName: table, Key: key, ConsistentRead: true })
    const { Item: item } = await client.send(command)
    if (item === undefined) return null
    const dueAt = item['dueAt']?.N
    return {
      state: item['state']?.S ?? null,
      reason: item['reason']?.S ?? null,
      dueAt: dueAt === undefined ? null : Number(dueAt),
    }
  } finally {
    client.destroy()
  }
}
