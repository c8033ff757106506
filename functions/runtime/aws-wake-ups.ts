import { handleMessage } from '../application/handle-message.ts'
import { isAccountConfirmed, openWorker } from './aws-worker.ts'
import { findScopeContradictions } from './archiver-settings.ts'
import { wakeUpSettings } from './aws-settings.ts'
import { processEnvironment } from './config.ts'
import { readSettings } from './read-settings.ts'

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
  const settings = readSettings(wakeUpSettings, processEnvironment(), findScopeContradictions)
  const worker = openWorker(settings)
  const deadLetterQueue = worker.openQueue(settings.DEAD_LETTER_QUEUE_URL)
  const deadLetters = { bury: async (body: string) => deadLetterQueue.send(body, 0) }
  let isConfirmed = false

  return async (messages) => {
    try {
      const dependencies = worker.begin()
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
