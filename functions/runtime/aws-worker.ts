import { createAccountStore } from '../adapters/aws/account-store.ts'
import { createArchivalStore } from '../adapters/aws/archival-store.ts'
import { createCloudWatchJournal } from '../adapters/aws/cloudwatch-journal.ts'
import { connectEventBridge, createEventAnnouncer } from '../adapters/aws/event-announcer.ts'
import { connectSqs, createQueue, type Queue } from '../adapters/aws/queue.ts'
import { connectSecretsManager, createSecret, type SecretOptions } from '../adapters/aws/secrets.ts'
import { openTable } from '../adapters/aws/table.ts'
import { sleep, systemClock } from '../adapters/system/clock.ts'
import { createTolokaClient } from '../adapters/toloka/client.ts'
import { announceEverywhere } from '../application/announce-everywhere.ts'
import { confirmOwner } from '../application/access.ts'
import type { Dependencies } from '../application/dependencies.ts'
import type { Notifier, WakeUps } from '../application/ports.ts'
import type { Subscriptions } from '../application/subscription-ports.ts'
import { TolokaError } from '../application/toloka-error.ts'
import { toArchiverSettings } from './archiver-settings.ts'
import type { WorkerSettings } from './aws-settings.ts'
import { createInvocationPace } from './invocation-pace.ts'
import { openSlack, type Slack } from './slack.ts'

export interface WorkerDependencies extends Dependencies {
  readonly subscriptions: Subscriptions
}

/** What the functions that ask Toloka stand on. */
export interface Worker {
  /** For one invocation. */
  readonly begin: (wakeUps: WakeUps) => WorkerDependencies
  /** A secret, by its ARN; remembered for a while. */
  readonly openSecret: (arn: string) => () => Promise<string>
  /** Slack, if there is one. */
  readonly notifiers: readonly Notifier[]
  /** A queue of the stack, by its address. */
  readonly openQueue: (url: string) => Queue
  /** To be called before an invocation ends: writes its metrics. */
  readonly publish: () => void
}

/** To be opened once and kept: clients stay connected from one invocation to the next. */
export function openWorker(settings: WorkerSettings): Worker {
  const clock = systemClock
  const journal = createCloudWatchJournal(settings.SERVICE_NAME)
  const table = openTable(settings.TABLE_NAME)
  const sqs = connectSqs()
  const secret = { client: connectSecretsManager(), arn: settings.TOLOKA_TOKEN, clock, journal }
  const token = createSecret(secret)
  const slack = openSlackOf(settings, secret)
  const events = createEventAnnouncer(connectEventBridge(), settings.EVENT_BUS)
  const kept = {
    clock,
    journal,
    store: createArchivalStore(table, sleep),
    account: createAccountStore(table),
    announcer: slack ? announceEverywhere({ events, slack: slack.announcer }) : events,
    settings: toArchiverSettings(settings),
  }

  return {
    begin: (wakeUps) => {
      const { MAX_REQUESTS_PER_SECOND, WAKE_UP_CONCURRENCY } = settings
      const pace = createInvocationPace(MAX_REQUESTS_PER_SECOND, WAKE_UP_CONCURRENCY)
      const connection = { origin: settings.TOLOKA_URL, token, pace }
      const toloka = createTolokaClient(connection)
      return { ...kept, wakeUps, toloka, subscriptions: toloka }
    },
    openSecret: (arn) => {
      const read = createSecret({ ...secret, arn })
      return () => read({ fresh: false })
    },
    notifiers: slack ? [slack.notifier] : [],
    openQueue: (url) => createQueue(sqs, url),
    publish: () => journal.publish(),
  }
}

function openSlackOf(
  { SLACK_WEBHOOK_URL: arn, SERVICE_NAME }: WorkerSettings,
  options: SecretOptions,
): Slack | null {
  if (arn === null) return null
  const address = createSecret({ ...options, arn })
  return openSlack(() => address({ fresh: false }), SERVICE_NAME, options.clock)
}

/**
 * Finds out whether the token still belongs to the account of the records.
 *
 * @returns false if Toloka does not say so now; each look at a pool deals with that by itself
 * @throws WrongAccountError
 */
export async function isAccountConfirmed(dependencies: Dependencies): Promise<boolean> {
  // While the token is refused, one look in an hour asks again.
  if ((await dependencies.account.read()).denied) return false
  try {
    return (await confirmOwner(dependencies)) === null
  } catch (error) {
    if (error instanceof TolokaError) return false
    throw error
  }
}
