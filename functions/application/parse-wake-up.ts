import * as z from 'zod/mini'
import { isPoolId } from '../domain/pool.ts'
import type { WakeUp } from './ports.ts'

const wakeUpMessage = z.object({
  version: z.literal(1),
  poolId: z.string().check(z.refine(isPoolId)),
  cause: z.enum(['timer', 'hint']),
  dueAt: z.int(),
})

/** Null for what is no wake-up of a version that is known here. */
export function parseWakeUp(body: string): WakeUp | null {
  try {
    return z.parse(wakeUpMessage, JSON.parse(body))
  } catch {
    return null
  }
}
