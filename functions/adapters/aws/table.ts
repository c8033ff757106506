import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { clientOptions } from './client-options.ts'
import type { AwsConnection } from './operator-connection.ts'

/** The one table: an item for each pool, and one for the account. infra/table.yml makes it. */
export interface Table {
  readonly client: Pick<DynamoDBDocumentClient, 'send'>
  readonly name: string
}

/** @param connection what is not given is that of the environment */
export const connectDynamoDb = (connection: Partial<AwsConnection> = {}): DynamoDBClient =>
  new DynamoDBClient({ ...clientOptions, ...connection })

export function openTable(name: string, client = connectDynamoDb()): Table {
  // What has no value is not stored: indexes hold only the items that have their attributes.
  const marshallOptions = { removeUndefinedValues: true }
  return { client: DynamoDBDocumentClient.from(client, { marshallOptions }), name }
}

/** Indexes of the table, as infra/table.yml names them. */
export const byState = 'by-state'
export const unannouncedIndex = 'unannounced'

/** A conditional write found another version. */
export function isConditionFailure(error: unknown): boolean {
  return error instanceof Error && error.name === 'ConditionalCheckFailedException'
}

/** Lets a write happen only over the version that was read; 0: only where there is nothing. */
export function overVersion(expectedVersion: number) {
  return expectedVersion === 0
    ? { ConditionExpression: 'attribute_not_exists(id)' }
    : {
        ConditionExpression: 'version = :expected',
        ExpressionAttributeValues: { ':expected': expectedVersion },
      }
}
