import { setTimeout as timeout } from 'node:timers/promises'
import type { Clock } from '../../application/ports.ts'

/** The clock of the machine, UTC. */
export const systemClock: Clock = { now: () => Date.now() }

/** Milliseconds since the start of the process; never jumps, whatever happens to the clock. */
export function monotonicNow(): number {
  return performance.now()
}

/** Returns after `durationMs`, or at once when the signal is aborted. */
export async function sleep(durationMs: number, signal?: AbortSignal): Promise<void> {
  try {
    await timeout(durationMs, undefined, signal ? { signal } : {})
  } catch (error) {
    if (!signal?.aborted) throw error
  }
}
