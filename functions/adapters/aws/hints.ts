import type { WakeUps } from '../../application/ports.ts'
import type { Queue } from './queue.ts'

/** Wake-ups for now, all of them. */
export function createHints(queue: Queue): WakeUps {
  return { request: async (wakeUp) => queue.send(JSON.stringify(wakeUp), 0) }
}
