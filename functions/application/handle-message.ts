import type { Dependencies } from './dependencies.ts'
import { handleWakeUp } from './handle-wake-up.ts'
import { parseWakeUp } from './parse-wake-up.ts'
import type { DeadLetters } from './ports.ts'

/**
 * Handles a wake-up as it comes out of a queue. What is no wake-up of a version that is known here
 * goes to the dead letters at once: no repetition would make it one.
 *
 * @returns when the message is done with, and may be deleted
 * @throws whatever `handleWakeUp` throws, having said so: the message should come again
 */
export async function handleMessage(
  dependencies: Dependencies,
  deadLetters: DeadLetters,
  message: { readonly id: string; readonly body: string },
): Promise<void> {
  const { journal } = dependencies
  const wakeUp = parseWakeUp(message.body)
  if (wakeUp === null) {
    await deadLetters.bury(message.body)
    journal.write('WAKE_UP_UNREADABLE', { messageId: message.id })
    return
  }
  try {
    await handleWakeUp(dependencies, wakeUp)
  } catch (error) {
    journal.write('WAKE_UP_FAILED', { poolId: wakeUp.poolId, problem: String(error) })
    throw error
  }
}
