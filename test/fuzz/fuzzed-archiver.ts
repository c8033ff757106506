import type { Dependencies } from '../../functions/application/dependencies.ts'
import { TolokaModel } from '../fake-toloka/model.ts'
import { recordJournal } from '../local/recorded-journal.ts'
import { closedPool } from '../support/closed-pools.ts'
import { defaultSettings } from '../support/settings.ts'
import { MemoryAccountStore } from '../twins/memory-account-store.ts'
import { MemoryArchivalStore } from '../twins/memory-archival-store.ts'
import { MemoryWakeUps } from '../twins/memory-wake-ups.ts'
import { canaries, expectNoCanary } from './canary.ts'
import { createImpatientClient, type AnswerRequest } from './fuzzed-client.ts'

export const poolId = '17'

/** An archiver in memory, and a Toloka with one closed pool. */
export function createFuzzedArchiver(
  now: () => number,
  answer: (model: TolokaModel) => AnswerRequest,
) {
  const { token } = canaries
  const model = new TolokaModel({ now, token, requestsPerSecond: Infinity })
  closedPool({ model, clock: { at: now() } }, {}, poolId)
  const store = new MemoryArchivalStore()
  const account = new MemoryAccountStore()
  const wakeUps = new MemoryWakeUps()
  const journal = recordJournal()
  const announcements: unknown[] = []
  const dependencies: Dependencies = {
    clock: { now },
    toloka: createImpatientClient(answer(model)),
    store,
    account,
    wakeUps,
    journal,
    announcer: { announce: async (announcement) => void announcements.push(announcement) },
    settings: defaultSettings(),
  }
  return {
    model,
    dependencies,
    records: store.records,
    wakeUps,
    expectDiscretion: async (thrown: readonly unknown[] = []): Promise<void> =>
      expectNoCanary(
        [...store.records],
        await account.read(),
        journal.entries,
        announcements,
        wakeUps.waiting,
        ...thrown,
      ),
  }
}
