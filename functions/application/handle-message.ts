import * as z from 'zod/mini'
import { isPoolId } from '../domain/pool.ts'
import type { Dependencies } from './dependencies.ts'
import { handleWakeUp } from './handle-wake-up.ts'
import type { DeadLetters, WakeUp } from './ports.ts'

const wakeUpMessage = z.object({
  version: z.literal(1),
  poolId: z.string().check(z.refine(isPoolId)),
  cause: z.enum(['timer', 'hint']),
  dueAt: z.int(),
})

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

function parseWakeUp(body: string): WakeUp | null {
  try {
    return z.parse(wakeUpMessage, JSON.parse(body))
  } catch {
    return null
  }
}
