import { afterAll, beforeAll } from '@jest/globals'
import { createAccountStore } from '../../functions/adapters/aws/account-store.ts'
import { createArchivalStore } from '../../functions/adapters/aws/archival-store.ts'
import { createTable } from '../adapters/aws/create-table.ts'
import { startDynalite, type Dynalite } from '../adapters/aws/start-dynalite.ts'
import { describeAccountStore } from './account-store-contract.ts'
import { describeArchivalStore, type ArchivalStoreFixture } from './archival-store-contract.ts'
import { describeRecordLists } from './record-lists-contract.ts'

let dynalite: Dynalite

beforeAll(async () => {
  dynalite = await startDynalite()
})
afterAll(() => dynalite.close())

const noPause = async (): Promise<void> => {}
const close = async (): Promise<void> => {}

async function openStore(): Promise<ArchivalStoreFixture> {
  const table = await createTable(dynalite.client)
  return {
    store: createArchivalStore(table, noPause),
    rival: createArchivalStore(table, noPause),
    close,
  }
}

describeArchivalStore('DynamoDB', openStore)

describeRecordLists('DynamoDB', openStore)

describeAccountStore('DynamoDB', async () => {
  const table = await createTable(dynalite.client)
  return { store: createAccountStore(table), rival: createAccountStore(table), close }
})
