import type { Pace } from '../../application/ports.ts'

export interface PaceOptions {
  /** Never more than this in any second. */
  readonly perSecond: number
  /** Milliseconds that never run backwards; where they start does not matter. */
  readonly now: () => number
  readonly sleep: (ms: number) => Promise<void>
  /** When the last request went, on the clock of `now`; long ago if it is not said. */
  readonly lastAt?: number
}

/**
 * Lets requests go one by one, first come first served. The distance counts from when the last one
 * really went, not from when it was due: a late one must not be followed by a bunch.
 */
export function createPace(options: PaceOptions): Pace {
  const { perSecond, now, sleep } = options
  // Whole milliseconds, as timers know nothing finer.
  const distanceMs = Math.ceil(1_000 / perSecond)
  let { lastAt = -Infinity } = options
  let queue = Promise.resolve()

  async function waitForTurn(): Promise<void> {
    // A sleep may end early.
    while (now() < lastAt + distanceMs) await sleep(Math.ceil(lastAt + distanceMs - now()))
    lastAt = now()
  }

  return {
    take: async () => {
      queue = queue.then(waitForTurn, waitForTurn)
      await queue
    },
  }
}
