import { monotonicNow, sleep } from '../adapters/system/clock.ts'
import { createPace } from '../adapters/system/pace.ts'
import type { Pace } from '../application/ports.ts'

const machineTime = { now: monotonicNow, sleep }

/**
 * The pace of one invocation of a function. Each invocation that may run at the same time has an
 * equal share of the rate, and one of them is the sweep. It begins as if a request had just gone:
 * whichever sandbox the invocation before ran in, the next request keeps its distance.
 */
export function createInvocationPace(
  maxRequestsPerSecond: number,
  wakeUpConcurrency: number,
  time: { readonly now: () => number; readonly sleep: (ms: number) => Promise<void> } = machineTime,
): Pace {
  const perSecond = maxRequestsPerSecond / (wakeUpConcurrency + 1)
  return createPace({ ...time, perSecond, lastAt: time.now() })
}
