import { createAccountStore } from '../adapters/local/account-store.ts'
import { createArchivalStore } from '../adapters/local/archival-store.ts'
import { createDeadLetterBox } from '../adapters/local/dead-letter-box.ts'
import { openDataFile } from '../adapters/local/open-data-file.ts'
import { createWakeUpQueue } from '../adapters/local/wake-up-queue.ts'
import { absentAnnouncer } from '../adapters/system/absent-announcer.ts'
import { monotonicNow, sleep, systemClock } from '../adapters/system/clock.ts'
import { createPace } from '../adapters/system/pace.ts'
import { silentJournal } from '../adapters/system/silent-journal.ts'
import { createDeliverySender } from '../adapters/toloka/delivery-sender.ts'
import { createTolokaClient } from '../adapters/toloka/client.ts'
import { accountChecks } from '../application/account-checks.ts'
import { deliveryCheck } from '../application/delivery-check.ts'
import type { Dependencies } from '../application/dependencies.ts'
import type { Clock } from '../application/ports.ts'
import type { ConsoleConfig } from './config.ts'
import { localAddress } from './local-address.ts'
import { localChecks } from './local-checks.ts'
import {
  NoTokenError,
  shareOfRate,
  type ConsoleWebhook,
  type OperatorConsole,
} from './operator-console.ts'
import { openLocalSubscriptionCare } from './subscription-care.ts'
import { sweepBeside } from './sweep-beside.ts'

/**
 * Opens the data file of the configuration beside the archiver that may be working on it.
 *
 * @throws DataFileError if the data file is not there, or cannot be used
 */
export function openLocalConsole(
  config: ConsoleConfig,
  clock: Clock = systemClock,
): OperatorConsole {
  const { archiver: settings, token, dataFile: path } = config
  const dataFile = openDataFile(path, { exclusive: false })
  const perSecond = settings.maxRequestsPerSecond * shareOfRate
  const toloka = createTolokaClient({
    origin: settings.origin,
    token: async () => {
      if (token === null) throw new NoTokenError()
      return token
    },
    pace: createPace({ perSecond, now: monotonicNow, sleep }),
  })
  const dependencies: Dependencies = {
    clock,
    journal: silentJournal,
    store: createArchivalStore(dataFile),
    account: createAccountStore(dataFile),
    wakeUps: createWakeUpQueue(dataFile, clock),
    announcer: absentAnnouncer,
    toloka,
    settings,
  }
  const deadLetters = createDeadLetterBox(dataFile)
  const subscriptions = openLocalSubscriptionCare(config, {
    ...dependencies,
    subscriptions: toloka,
  })
  return {
    place: `data file ${path}`,
    dependencies,
    subscriptions,
    deadLetters,
    webhook: localWebhook(config, clock),
    checks: [
      ...localChecks({ config, dataFile, clock }),
      ...accountChecks(dependencies, deadLetters),
      ...deliveryCheck(subscriptions),
    ],
    requestSweep: async (onPage) => {
      if (token === null) throw new NoTokenError()
      return sweepBeside(dependencies, onPage)
    },
    close: () => dataFile.close(),
  }
}

function localWebhook({ webhook, server }: ConsoleConfig, clock: Clock): ConsoleWebhook {
  const [secret] = webhook.secrets
  const address = localAddress(server)
  return {
    url: webhook.publicUrl ?? (address && `${address}/webhooks/toloka`),
    sender:
      secret === undefined ? null : createDeliverySender({ readSecret: async () => secret, clock }),
  }
}
