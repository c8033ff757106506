import type { WakeUps } from '../../application/ports.ts'
import type { Queue } from './queue.ts'

/** Wake-ups that all are due now: for whoever asks for none that is due later. */
export function createImmediateWakeUps(queue: Queue): WakeUps {
  return { request: async (wakeUp) => queue.send(JSON.stringify(wakeUp), 0) }
}
