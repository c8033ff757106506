import type { WakeUps } from '../../application/ports.ts'
import type { Queue } from './queue.ts'

/** Wake-ups for now, all of them: for whoever asks for none that is due later. */
export function createHints(queue: Queue): WakeUps {
  return { request: async (wakeUp) => queue.send(JSON.stringify(wakeUp), 0) }
}
