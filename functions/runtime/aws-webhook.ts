import { createCloudWatchJournal } from '../adapters/aws/cloudwatch-journal.ts'
import { createImmediateWakeUps } from '../adapters/aws/immediate-wake-ups.ts'
import { connectSqs, createQueue } from '../adapters/aws/queue.ts'
import { connectSecretsManager, createSecretVersions } from '../adapters/aws/secrets.ts'
import { systemClock } from '../adapters/system/clock.ts'
import { createDeliveryReader } from '../adapters/toloka/delivery-reader.ts'
import type { Delivery } from '../application/ports.ts'
import { receiveDelivery, type DeliveryAnswer } from '../application/receive-delivery.ts'
import { processEnvironment } from './process-environment.ts'
import { readEnvironment } from './read-settings.ts'
import { webhookSettings } from './webhook-settings.ts'

/**
 * What the function for webhooks stands on, to be opened once and kept.
 *
 * @throws ConfigError
 */
export function openWebhook(): (delivery: Delivery) => Promise<DeliveryAnswer> {
  const settings = readEnvironment(webhookSettings, processEnvironment())
  const clock = systemClock
  const journal = createCloudWatchJournal(settings.SERVICE_NAME)
  const { readCurrent, readPrevious } = createSecretVersions({
    client: connectSecretsManager(),
    arn: settings.TOLOKA_WEBHOOK_SECRET,
    clock,
    journal,
  })
  const reader = createDeliveryReader({
    secrets: async () => [await readCurrent()],
    secretsBefore: async () => {
      const previous = await readPrevious()
      return previous === null ? [] : [previous]
    },
    clock,
    toleranceMs: settings.WEBHOOK_TOLERANCE,
  })
  const wakeUps = createImmediateWakeUps(createQueue(connectSqs(), settings.WAKE_UP_QUEUE_URL))

  return async (delivery) => {
    try {
      return await receiveDelivery({ reader, wakeUps, clock, journal }, delivery)
    } finally {
      journal.publish()
    }
  }
}
