import { createImmediateWakeUps } from '../adapters/aws/immediate-wake-ups.ts'
import { connectSns, createTopicNotifier } from '../adapters/aws/topic-notifier.ts'
import { sweepAndTell } from '../application/sweep-and-tell.ts'
import { minuteMs } from '../domain/instant.ts'
import { isAccountConfirmed, openWorker } from './aws-worker.ts'
import { findScopeContradictions } from './archiver-settings.ts'
import { sweepSettings } from './aws-settings.ts'
import { processEnvironment } from './process-environment.ts'
import { readEnvironment } from './read-settings.ts'
import { openSubscriptionCare } from './subscription-care.ts'
import { sweepMessage } from './sweep-message.ts'

/** For a page that has begun, for announcements that got stuck, and for the digest. */
const reserveMs = 2 * minuteMs

export interface SweepRun {
  /** Who sweeps: the same message may come again after a crash, and takes over. */
  readonly owner: string
  /** How long the function may still run. */
  readonly remainingMs: number
}

/**
 * What the function that sweeps stands on, to be opened once and kept.
 *
 * @returns sweeps; if there is not enough time, a message has another run go on
 * @throws ConfigError
 */
export function openSweep(): (run: SweepRun) => Promise<void> {
  const settings = readEnvironment(sweepSettings, processEnvironment(), findScopeContradictions)
  const worker = openWorker(settings)
  const wakeUps = createImmediateWakeUps(worker.openQueue(settings.WAKE_UP_QUEUE_URL))
  const people = createTopicNotifier(connectSns(), settings.TOPIC_ARN, settings.SERVICE_NAME)
  const notifiers = [...worker.notifiers, people]
  const queue = worker.openQueue(settings.SWEEP_QUEUE_URL)
  const { WEBHOOK_URL: webhookUrl } = settings
  const readWebhookSecret = worker.openSecret(settings.TOLOKA_WEBHOOK_SECRET)

  return async ({ owner, remainingMs }) => {
    try {
      const dependencies = worker.begin(wakeUps)
      await isAccountConfirmed(dependencies)
      const until = dependencies.clock.now() + remainingMs - reserveMs
      const { outcome } = await sweepAndTell(dependencies, notifiers, owner, until)
      if (outcome === 'out-of-time') await queue.send(sweepMessage, 0)
      if (outcome === 'finished' && webhookUrl !== null) {
        await openSubscriptionCare(dependencies, webhookUrl, readWebhookSecret).keep(until)
      }
    } finally {
      worker.publish()
    }
  }
}
