import { MemoryAccountStore } from '../twins/memory-account-store.ts'
import { MemoryArchivalStore } from '../twins/memory-archival-store.ts'
import { MemoryWakeUps } from '../twins/memory-wake-ups.ts'
import { describeAccountStore } from './account-store-contract.ts'
import { describeArchivalStore, type ArchivalStoreFixture } from './archival-store-contract.ts'
import { describeRecordLists } from './record-lists-contract.ts'
import { describeWakeUps } from './wake-ups-contract.ts'

const close = async (): Promise<void> => {}

async function openStore(): Promise<ArchivalStoreFixture> {
  const store = new MemoryArchivalStore()
  return { store, rival: store, close }
}

describeArchivalStore('Memory', openStore)

describeRecordLists('Memory', openStore)

describeAccountStore('Memory', async () => {
  const store = new MemoryAccountStore()
  return { store, rival: store, close }
})

describeWakeUps('Memory', async () => {
  const wakeUps = new MemoryWakeUps()
  const readPending = async () => wakeUps.waiting.map(({ wakeUp }) => wakeUp)
  return { wakeUps, rival: wakeUps, readPending, close }
})
