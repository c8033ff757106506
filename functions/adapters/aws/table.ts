import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'

/** The one table: an item for each pool, and one for the account. infra/table.yml makes it. */
export interface Table {
  readonly client: Pick<DynamoDBDocumentClient, 'send'>
  readonly name: string
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
