import { createAccountStore } from '../../functions/adapters/local/account-store.ts'
import { createArchivalStore } from '../../functions/adapters/local/archival-store.ts'
import { createWakeUpQueue } from '../../functions/adapters/local/wake-up-queue.ts'
import { openPair } from '../adapters/local/open-pair.ts'
import { describeAccountStore } from './account-store-contract.ts'
import { describeArchivalStore, type ArchivalStoreFixture } from './archival-store-contract.ts'
import { describeRecordLists } from './record-lists-contract.ts'
import { start } from './records.ts'
import { describeWakeUps } from './wake-ups-contract.ts'

const clock = { now: () => start }

async function openStore(): Promise<ArchivalStoreFixture> {
  const { own, beside, close } = openPair()
  return { store: createArchivalStore(own), rival: createArchivalStore(beside), close }
}

describeArchivalStore('SQLite', openStore)

describeRecordLists('SQLite', openStore)

describeAccountStore('SQLite', async () => {
  const { own, beside, close } = openPair()
  return { store: createAccountStore(own), rival: createAccountStore(beside), close }
})

describeWakeUps('SQLite', async () => {
  const { own, beside, close } = openPair()
  const queue = createWakeUpQueue(own, clock)
  return {
    wakeUps: queue,
    rival: createWakeUpQueue(beside, clock),
    readPending: async () => {
      const far = Number.MAX_SAFE_INTEGER
      const pending = []
      for (let taken = await queue.takeDue(far, 99); taken.length > 0;) {
        pending.push(...taken.map(({ wakeUp }) => wakeUp))
        for (const { id } of taken) await queue.finish(id)
        taken = await queue.takeDue(far, 99)
      }
      return pending
    },
    close,
  }
})
