import { readFileSync } from 'node:fs'
import { randomUUID } from 'node:crypto'
import {
  CreateTableCommand,
  waitUntilTableExists,
  type DynamoDBClient,
} from '@aws-sdk/client-dynamodb'
import { parse } from 'yaml'
import * as z from 'zod/mini'
import { openTable, type Table } from '../../../functions/adapters/aws/table.ts'

const keySchema = z.array(
  z.object({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) }),
)

const definition = z.object({
  Resources: z.object({
    ArchivalTable: z.object({
      Properties: z.object({
        AttributeDefinitions: z.array(
          z.object({ AttributeName: z.string(), AttributeType: z.enum(['S', 'N', 'B']) }),
        ),
        KeySchema: keySchema,
        GlobalSecondaryIndexes: z.array(
          z.object({
            IndexName: z.string(),
            KeySchema: keySchema,
            Projection: z.object({
              ProjectionType: z.enum(['INCLUDE', 'KEYS_ONLY']),
              NonKeyAttributes: z.optional(z.array(z.string())),
            }),
          }),
        ),
      }),
    }),
  }),
})

/** The table that is deployed, under a name of its own; DynamoDB answers before it can be used. */
export async function createTable(client: DynamoDBClient): Promise<Table> {
  const file = readFileSync('infra/table.yml', 'utf8')
  const { Properties } = z.parse(definition, parse(file)).Resources.ArchivalTable
  const name = `records-${randomUUID()}`
  await client.send(
    new CreateTableCommand({ TableName: name, BillingMode: 'PAY_PER_REQUEST', ...Properties }),
  )
  await waitUntilTableExists(
    { client, maxWaitTime: 60, minDelay: 0.01, maxDelay: 1 },
    { TableName: name },
  )
  return openTable(name, client)
}
