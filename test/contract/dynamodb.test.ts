import { afterAll, beforeAll } from '@jest/globals'
import { createAccountStore } from '../../functions/adapters/aws/account-store.ts'
import { createArchivalStore } from '../../functions/adapters/aws/archival-store.ts'
import { createTable } from '../adapters/aws/create-table.ts'
import { startDynalite, type Dynalite } from '../adapters/aws/start-dynalite.ts'
import { describeAccountStore } from './account-store-contract.ts'
import { describeArchivalStore } from './archival-store-contract.ts'

let dynalite: Dynalite

beforeAll(async () => {
  dynalite = await startDynalite()
})
afterAll(() => dynalite.close())

const noPause = async (): Promise<void> => {}
const close = async (): Promise<void> => {}

describeArchivalStore('DynamoDB', async () => {
  const table = await createTable(dynalite.client)
  return {
    store: createArchivalStore(table, noPause),
    rival: createArchivalStore(table, noPause),
    close,
  }
})

describeAccountStore('DynamoDB', async () => {
  const table = await createTable(dynalite.client)
  return { store: createAccountStore(table), rival: createAccountStore(table), close }
})
