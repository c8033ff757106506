import { createAccountStore } from '../../functions/adapters/local/account-store.ts'
import { createArchivalStore } from '../../functions/adapters/local/archival-store.ts'
import { openDataFile } from '../../functions/adapters/local/open-data-file.ts'
import {
  createWakeUpQueue,
  type WakeUpQueue,
} from '../../functions/adapters/local/wake-up-queue.ts'
import { createTolokaClient } from '../../functions/adapters/toloka/client.ts'
import type { Dependencies, Settings } from '../../functions/application/dependencies.ts'
import { handleWakeUp } from '../../functions/application/handle-wake-up.ts'
import type { JournalCode } from '../../functions/application/journal.ts'
import type { JournalFields } from '../../functions/application/ports.ts'
import { type Instant } from '../../functions/domain/instant.ts'
import type { Announcement, ArchivalRecord } from '../../functions/domain/record.ts'
import { TolokaModel } from '../fake-toloka/model.ts'
import type { Personality } from '../fake-toloka/personality.ts'
import { startFakeToloka, type FakeToloka } from '../fake-toloka/server.ts'
import { defaultSettings } from './settings.ts'
import { makeTemporaryFolder } from './temporary-folder.ts'

/** What a use case works on: real SQLite, real HTTP to a fake Toloka, and a clock set by hand. */
export interface Workbench {
  /** Our time, ms since the epoch; that of Toloka as well unless the options say otherwise. */
  readonly clock: { at: Instant }
  readonly model: TolokaModel
  readonly fake: FakeToloka
  readonly dependencies: Dependencies
  readonly queue: WakeUpQueue
  readonly journal: { readonly code: JournalCode; readonly fields: JournalFields }[]
  readonly announcements: Announcement[]
  /** A hint: look at this pool now. */
  readonly hint: (poolId: string) => Promise<void>
  /** Goes to the next wake-up that is due, of any pool, and handles all that are due then. */
  readonly nextWakeUp: () => Promise<void>
  /** Throws if there is none. */
  readonly record: (poolId: string) => Promise<ArchivalRecord>
  readonly close: () => Promise<void>
}

export interface WorkbenchOptions {
  readonly settings?: Partial<Settings>
  readonly personality?: Partial<Personality>
  /** How far Toloka's clock is ahead of ours, or behind if negative. */
  readonly tolokaAheadMs?: number
  /** Puts something else in the place of a port. */
  readonly replace?: (dependencies: Dependencies) => Partial<Dependencies>
}

/** A Monday morning. */
const beginsAt = Date.UTC(2026, 0, 5, 10)

export async function setUpWorkbench(options: WorkbenchOptions = {}): Promise<Workbench> {
  const clock = { at: beginsAt }
  const ourClock = { now: () => clock.at }
  const model = new TolokaModel({
    now: () => clock.at + (options.tolokaAheadMs ?? 0),
    personality: options.personality ?? {},
    requestsPerSecond: Infinity,
  })
  const { token } = model
  const fake = await startFakeToloka(model)
  const folder = makeTemporaryFolder()
  const dataFile = openDataFile(folder.file('archiver.sqlite'), { exclusive: true })
  const queue = createWakeUpQueue(dataFile, ourClock)
  const journal: Workbench['journal'] = []
  const announcements: Announcement[] = []
  const standard: Dependencies = {
    clock: ourClock,
    toloka: createTolokaClient({
      origin: fake.url,
      token: async () => token,
      pace: { take: async () => {} },
      timing: { readTimeoutMs: 500, writeTimeoutMs: 500, retryDelayMs: () => 0 },
    }),
    store: createArchivalStore(dataFile),
    account: createAccountStore(dataFile),
    wakeUps: queue,
    announcer: { announce: async (announcement) => void announcements.push(announcement) },
    journal: { write: (code, fields = {}) => void journal.push({ code, fields }) },
    settings: defaultSettings({ origin: fake.url, ...options.settings }),
  }
  const dependencies = { ...standard, ...options.replace?.(standard) }

  async function handleDue(): Promise<void> {
    for (;;) {
      const [taken] = await queue.takeDue(clock.at, 1)
      if (!taken) return
      await handleWakeUp(dependencies, taken.wakeUp)
      await queue.finish(taken.id)
    }
  }

  return {
    clock,
    model,
    fake,
    dependencies,
    queue,
    journal,
    announcements,
    hint: (poolId) =>
      handleWakeUp(dependencies, { version: 1, poolId, cause: 'hint', dueAt: clock.at }),
    async nextWakeUp() {
      const dueAt = await queue.nextDueAt()
      if (dueAt === null) throw new Error('Nothing is going to wake us.')
      clock.at = Math.max(clock.at, dueAt)
      await handleDue()
    },
    async record(poolId) {
      const record = await dependencies.store.get(poolId)
      if (record === null) throw new Error(`There is no record of pool ${poolId}.`)
      return record
    },
    async close() {
      dataFile.close()
      await fake.close()
      folder.remove()
    },
  }
}
