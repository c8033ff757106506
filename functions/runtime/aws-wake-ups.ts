import { connectScheduler, createWakeUps } from '../adapters/aws/wake-ups.ts'
import { systemClock } from '../adapters/system/clock.ts'
import { handleMessage } from '../application/handle-message.ts'
import { isAccountConfirmed, openWorker } from './aws-worker.ts'
import { findScopeContradictions } from './archiver-settings.ts'
import { wakeUpSettings } from './aws-settings.ts'
import { processEnvironment } from './process-environment.ts'
import { readEnvironment } from './read-settings.ts'

export interface Message {
  readonly id: string
  readonly body: string
}

/**
 * What the function for wake-ups stands on, to be opened once and kept.
 *
 * @returns handles messages side by side, and gives back the ids of those that should come again
 * @throws ConfigError
 */
export function openWakeUps(): (messages: readonly Message[]) => Promise<readonly string[]> {
  const settings = readEnvironment(wakeUpSettings, processEnvironment(), findScopeContradictions)
  const worker = openWorker(settings)
  const wakeUps = createWakeUps({
    queue: worker.openQueue(settings.WAKE_UP_QUEUE_URL),
    scheduling: {
      client: connectScheduler(),
      group: settings.SCHEDULE_GROUP,
      roleArn: settings.SCHEDULER_ROLE_ARN,
      queueArn: settings.WAKE_UP_QUEUE_ARN,
      deadLetterQueueArn: settings.DEAD_LETTER_QUEUE_ARN,
    },
    clock: systemClock,
    queueHorizonMs: settings.QUEUE_HORIZON,
  })
  const deadLetterQueue = worker.openQueue(settings.DEAD_LETTER_QUEUE_URL)
  const deadLetters = { bury: async (body: string) => deadLetterQueue.send(body, 0) }
  let isConfirmed = false

  return async (messages) => {
    try {
      const dependencies = worker.begin(wakeUps)
      isConfirmed ||= await isAccountConfirmed(dependencies)
      const failed = await Promise.all(
        messages.map(async (message) => {
          try {
            await handleMessage(dependencies, deadLetters, message)
            return []
          } catch {
            return [message.id] // The journal has it.
          }
        }),
      )
      return failed.flat()
    } finally {
      worker.publish()
    }
  }
}
