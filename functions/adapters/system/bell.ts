import { longestTimerMs } from './clock.ts'

/** Wakes who waits for it, as often as there is something to tell. */
export interface Bell {
  readonly ring: () => void
  /**
   * Returns when it rings, at once if it rang since the last wait ended, and after `durationMs` at
   * the latest. `idle`: a process that has nothing else to wait for may end meanwhile.
   */
  readonly wait: (durationMs: number, options?: { readonly idle?: boolean }) => Promise<void>
}

/** For one who waits. An AbortController could do this once, and makes an error each time. */
export function createBell(): Bell {
  let hasRung = false
  let endWait: (() => void) | null = null

  const ringOrTimer = (durationMs: number, idle: boolean): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, Math.min(durationMs, longestTimerMs))
      if (idle) timer.unref()
      endWait = () => {
        clearTimeout(timer)
        resolve()
      }
    })

  return {
    ring: () => {
      hasRung = true
      endWait?.()
    },
    wait: async (durationMs, { idle = false } = {}) => {
      if (!hasRung) await ringOrTimer(durationMs, idle)
      hasRung = false
    },
  }
}
