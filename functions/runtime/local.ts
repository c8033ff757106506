import { createAccountStore } from '../adapters/local/account-store.ts'
import { createArchivalStore } from '../adapters/local/archival-store.ts'
import { openDataFile } from '../adapters/local/open-data-file.ts'
import { createWakeUpQueue, type WakeUpQueue } from '../adapters/local/wake-up-queue.ts'
import { createJournalAnnouncer } from '../adapters/system/journal-announcer.ts'
import { monotonicNow, sleep, systemClock } from '../adapters/system/clock.ts'
import { createLineWriter } from '../adapters/system/line-writer.ts'
import { createPace } from '../adapters/system/pace.ts'
import { createTextJournal } from '../adapters/system/text-journal.ts'
import { createTolokaClient } from '../adapters/toloka/client.ts'
import { createDeliveryReader } from '../adapters/toloka/delivery-reader.ts'
import { announceEverywhere } from '../application/announce-everywhere.ts'
import { confirmOwner } from '../application/access.ts'
import type { Dependencies } from '../application/dependencies.ts'
import { handleWakeUp } from '../application/handle-wake-up.ts'
import type {
  Announcer,
  ArchivalStore,
  Clock,
  Delivery,
  Journal,
  Pace,
  WakeUp,
} from '../application/ports.ts'
import { receiveDelivery, type DeliveryAnswer } from '../application/receive-delivery.ts'
import { steer, type Steering } from '../application/steering.ts'
import { sweepAndTell } from '../application/sweep-and-tell.ts'
import type { SweepResult } from '../application/sweep.ts'
import type { Config } from './config.ts'
import { openLocalSubscriptionCare, type SubscriptionCare } from './subscription-care.ts'
import { openSlack, type Slack } from './slack.ts'

export type { TakenWakeUp, WakeUpQueue } from '../adapters/local/wake-up-queue.ts'
export { DataFileError } from '../adapters/local/data-file-error.ts'
export { createBell } from '../adapters/system/bell.ts'
export { sleep } from '../adapters/system/clock.ts'

/** There is one archiver on a data file, and it may take over from itself after a crash. */
const sweepOwner = 'local'

/** The archiver on one machine: the use cases over a data file and Toloka. */
export interface LocalArchiver extends Steering {
  readonly clock: Clock
  readonly journal: Journal
  readonly store: ArchivalStore
  readonly queue: WakeUpQueue
  /** Null if no webhook secret is configured. */
  readonly receiveDelivery: ((delivery: Delivery) => Promise<DeliveryAnswer>) | null
  readonly handleWakeUp: (wakeUp: WakeUp) => Promise<void>
  /** One that finished looks after the subscriptions as well. */
  readonly sweep: () => Promise<SweepResult>
  /** Null if no WEBHOOK_URL is configured. */
  readonly subscriptions: SubscriptionCare | null
  /** Throws WrongAccountError or TolokaError. */
  readonly confirmOwner: () => Promise<void>
  /** Throws DataFileError while nothing can be stored. */
  readonly checkHealth: () => Promise<void>
  readonly close: () => void
}

/** What an archiver stands on; tests and the demo bring their own clock and journal. */
export interface Surroundings {
  readonly clock: Clock
  readonly journal: Journal
  readonly fetch?: typeof globalThis.fetch
  /** Instead of the configured rate. */
  readonly pace?: Pace
}

/** The machine's clock, and a journal on standard output. */
export function machineSurroundings(): Surroundings {
  const journal = createTextJournal(systemClock, createLineWriter(process.stdout))
  return { clock: systemClock, journal }
}

/**
 * Opens the data file of the configuration and wires everything to it.
 *
 * @throws DataFileError if the data file cannot be used, or another archiver uses it
 */
export function openLocalArchiver(config: Config, surroundings: Surroundings): LocalArchiver {
  const { clock, journal } = surroundings
  const dataFile = openDataFile(config.dataFile, { exclusive: true })
  const queue = createWakeUpQueue(dataFile, clock)
  const client = createTolokaClient({
    origin: config.archiver.origin,
    token: async () => config.token,
    pace: surroundings.pace ?? pacedBy(config),
    ...(surroundings.fetch ? { fetch: surroundings.fetch } : {}),
  })
  const slack = slackOf(config, clock)
  const dependencies: Dependencies = {
    clock,
    journal,
    store: createArchivalStore(dataFile),
    account: createAccountStore(dataFile),
    wakeUps: queue,
    announcer: announcerTo(journal, slack),
    toloka: client,
    settings: config.archiver,
  }
  const subscriptions = openLocalSubscriptionCare(config, {
    ...dependencies,
    subscriptions: client,
  })
  return {
    clock,
    journal,
    store: dependencies.store,
    queue,
    receiveDelivery: deliveries(config, dependencies),
    handleWakeUp: (wakeUp) => handleWakeUp(dependencies, wakeUp),
    sweep: async () => {
      const result = await sweepAndTell(dependencies, slack ? [slack.notifier] : [], sweepOwner)
      if (result.outcome === 'finished') await subscriptions?.keep()
      return result
    },
    subscriptions,
    ...steer(dependencies),
    confirmOwner: async () => {
      await confirmOwner(dependencies)
    },
    checkHealth: () => dataFile.check(),
    close: () => dataFile.close(),
  }
}

function slackOf({ slackAddress }: Config, clock: Clock): Slack | null {
  return slackAddress === null
    ? null
    : openSlack(async () => slackAddress, 'toloka-pool-archiver', clock)
}

function announcerTo(journal: Journal, slack: Slack | null): Announcer {
  const announcer = createJournalAnnouncer(journal)
  return slack ? announceEverywhere({ journal: announcer, slack: slack.announcer }) : announcer
}

function pacedBy({ archiver }: Config): Pace {
  return createPace({ perSecond: archiver.maxRequestsPerSecond, now: monotonicNow, sleep })
}

function deliveries(
  { webhook: { secrets, toleranceMs } }: Config,
  dependencies: Dependencies,
): LocalArchiver['receiveDelivery'] {
  if (secrets.length === 0) return null
  const { clock } = dependencies
  const reader = createDeliveryReader({ secrets: async () => secrets, clock, toleranceMs })
  return (delivery) => receiveDelivery({ ...dependencies, reader }, delivery)
}
