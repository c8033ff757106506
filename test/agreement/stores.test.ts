import { afterAll, beforeAll } from '@jest/globals'
import { createAccountStore } from '../../functions/adapters/local/account-store.ts'
import { createArchivalStore } from '../../functions/adapters/local/archival-store.ts'
import type { DataFile } from '../../functions/adapters/local/data-file.ts'
import { startDynalite, type Dynalite } from '../adapters/aws/start-dynalite.ts'
import { openPair } from '../adapters/local/open-pair.ts'
import { openDynamoDb } from './dynamodb-ground.ts'
import type { Stores } from './store-calls.ts'
import { testThatStoresAgree } from './stores-agree.ts'

let dynalite: Dynalite

beforeAll(async () => {
  dynalite = await startDynalite()
})
afterAll(() => dynalite.close())

const storesIn = (dataFile: DataFile): Stores => ({
  records: createArchivalStore(dataFile),
  account: createAccountStore(dataFile),
})

testThatStoresAgree('SQLite', 150, async () => {
  const { own, beside, close } = openPair()
  return { processes: [storesIn(own), storesIn(beside)], close }
})

testThatStoresAgree('DynamoDB', 50, () => openDynamoDb(dynalite.client))
