import { WrongAccountError } from '../application/access.ts'
import type { Clock, Journal, WakeUp } from '../application/ports.ts'
import { backoffMs, type Backoff } from '../domain/backoff.ts'
import { hourMs, secondMs } from '../domain/instant.ts'
import type { TakenWakeUp, WakeUpQueue } from '../runtime/local.ts'

/** Pools that are looked at side by side. */
const concurrency = 8
/** A wake-up that fails this often is a defect; Toloka's troubles do not count as failures. */
const failureLimit = 5
const retryBackoff: Backoff = { firstMs: 30 * secondMs, maxMs: hourMs }

export interface Work {
  readonly queue: WakeUpQueue
  readonly clock: Clock
  readonly journal: Journal
  readonly handleWakeUp: (wakeUp: WakeUp) => Promise<void>
}

/**
 * Handles wake-ups until none is due, or until the signal is aborted; those under way are
 * finished first.
 *
 * @throws WrongAccountError: nothing may go on then
 */
export async function workOff(work: Work, signal?: AbortSignal): Promise<void> {
  const underWay = new Set<Promise<void>>()
  for (;;) {
    const free = signal?.aborted ? 0 : concurrency - underWay.size
    for (const taken of await work.queue.takeDue(work.clock.now(), free)) {
      const handling = handle(work, taken).finally(() => underWay.delete(handling))
      underWay.add(handling)
    }
    if (underWay.size === 0) return
    await Promise.race(underWay)
  }
}

async function handle(work: Work, { id, wakeUp, failures }: TakenWakeUp): Promise<void> {
  const { queue, clock, journal, handleWakeUp } = work
  try {
    await handleWakeUp(wakeUp)
    await queue.finish(id)
  } catch (error) {
    const problem = String(error)
    const fields = { poolId: wakeUp.poolId, problem }
    if (failures + 1 < failureLimit || error instanceof WrongAccountError) {
      journal.write('WAKE_UP_FAILED', fields)
      await queue.retryLater(id, clock.now() + backoffMs(retryBackoff, failures), problem)
    } else {
      journal.write('WAKE_UP_DEAD', fields)
      await queue.bury(id, problem)
    }
    if (error instanceof WrongAccountError) throw error
  }
}
