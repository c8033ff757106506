import { setTimeout as sleep } from 'node:timers/promises'

/** Time as the kit knows it; tests bring one that goes faster. */
export interface Clock {
  /** ms since the epoch */
  readonly now: () => number
  /** Rejects if `signal` is aborted meanwhile. */
  readonly wait: (durationMs: number, signal?: AbortSignal) => Promise<void>
}

export const systemClock: Clock = {
  now: () => Date.now(),
  wait: (durationMs, signal) =>
    sleep(durationMs, undefined, signal === undefined ? {} : { signal }),
}

/** The same clock, on which nobody waits any longer once the signal is aborted. */
export function interruptible(clock: Clock, signal: AbortSignal): Clock {
  return { now: clock.now, wait: (durationMs) => clock.wait(durationMs, signal) }
}
