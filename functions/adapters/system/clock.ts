import { setTimeout as timeout } from 'node:timers/promises'
import type { Clock } from '../../application/ports.ts'

/** The clock of the machine, UTC. */
export const systemClock: Clock = { now: () => Date.now() }

/** Milliseconds since the start of the process; never jumps, whatever happens to the clock. */
export function monotonicNow(): number {
  return performance.now()
}

/** Timers count milliseconds in 31 bits, and fire at once beyond. */
export const longestTimerMs = 2 ** 31 - 1

/**
 * Returns after `durationMs`, or at once when the signal is aborted. It may end early: after 24
 * days at the latest, so look at the clock when it returns.
 */
export async function sleep(durationMs: number, signal?: AbortSignal): Promise<void> {
  const options = signal ? { signal } : {}
  await timeout(Math.min(durationMs, longestTimerMs), undefined, options).catch(() => {}) // Aborted.
}
