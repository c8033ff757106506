import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { createAccountStore } from '../../functions/adapters/aws/account-store.ts'
import { createArchivalStore } from '../../functions/adapters/aws/archival-store.ts'
import { createTable } from '../adapters/aws/create-table.ts'
import type { StoreGround } from './stores-agree.ts'

/** A new table. */
export async function openDynamoDb(client: DynamoDBClient): Promise<StoreGround> {
  const table = await createTable(client)
  const connect = () => ({
    records: createArchivalStore(table, async () => {}),
    account: createAccountStore(table),
  })
  return { processes: [connect(), connect()], close: async () => {} }
}
