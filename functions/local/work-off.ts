import { WrongAccountError } from '../application/access.ts'
import type { Clock, Journal, WakeUp } from '../application/ports.ts'
import { backoffMs, type Backoff } from '../domain/backoff.ts'
import { hourMs, secondMs } from '../domain/instant.ts'
import { createBell, DataFileError, type TakenWakeUp, type WakeUpQueue } from '../runtime/local.ts'

/** Pools that are looked at side by side. */
const concurrency = 8
/** A wake-up that fails this often is a defect; troubles of Toloka and of the disk are none. */
const failureLimit = 5
const retryBackoff: Backoff = { firstMs: 30 * secondMs, maxMs: hourMs }
/** While pools are being handled, others that become due are noticed after this at the latest. */
const longestNapMs = 5 * secondMs

export interface Work {
  readonly queue: WakeUpQueue
  readonly clock: Clock
  readonly journal: Journal
  readonly handleWakeUp: (wakeUp: WakeUp) => Promise<void>
}

/**
 * Handles wake-ups until none is due. Those that are requested meanwhile are taken up at once, so
 * a pool that takes long keeps no other waiting. Once the signal is aborted, or the data file
 * fails, nothing new is taken; those under way are always finished before it returns or throws.
 *
 * @throws WrongAccountError: nothing may go on then
 * @throws DataFileError
 */
export async function workOff(work: Work, signal?: AbortSignal): Promise<void> {
  const { queue, clock } = work
  const underWay = new Set<Promise<void>>()
  const failures: unknown[] = []
  const news = createBell()
  const endListening = queue.onRequest(news.ring)

  function begin(taken: TakenWakeUp): void {
    const handling = handle(work, taken)
      .catch((error: unknown) => void failures.push(error))
      .finally(() => {
        underWay.delete(handling)
        news.ring()
      })
    underWay.add(handling)
  }

  const mayGoOn = (): boolean => failures.length === 0 && !signal?.aborted

  try {
    while (mayGoOn()) {
      const taken = await queue.takeDue(clock.now(), concurrency - underWay.size)
      taken.forEach(begin)
      if (underWay.size === 0) return
      await news.wait(longestNapMs, { idle: true })
    }
  } finally {
    endListening()
    await Promise.all(underWay)
  }
  if (failures.length > 0) throw failures[0]
}

async function handle(work: Work, { id, wakeUp, failures }: TakenWakeUp): Promise<void> {
  const { queue, clock, journal, handleWakeUp } = work
  try {
    await handleWakeUp(wakeUp)
  } catch (error) {
    const problem = String(error)
    const fields = { poolId: wakeUp.poolId, problem }
    if (failures + 1 < failureLimit || isNoDefect(error)) {
      journal.write('WAKE_UP_FAILED', fields)
      await queue.retryLater(id, clock.now() + backoffMs(retryBackoff, failures), problem)
    } else {
      journal.write('WAKE_UP_DEAD', fields)
      await queue.bury(id, problem)
    }
    if (error instanceof WrongAccountError) throw error
    return
  }
  await queue.finish(id)
}

function isNoDefect(error: unknown): boolean {
  return error instanceof WrongAccountError || error instanceof DataFileError
}
