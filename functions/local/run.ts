import { WrongAccountError } from '../application/access.ts'
import { TolokaError } from '../application/toloka-error.ts'
import { backoffMs, type Backoff } from '../domain/backoff.ts'
import { minuteMs, secondMs } from '../domain/instant.ts'
import { createBell, sleep, type LocalArchiver } from '../runtime/local.ts'
import { workOff } from './work-off.ts'

/** Wake-ups that another process puts into the data file are noticed after this at the latest. */
const longestNapMs = 5 * secondMs
/** Between attempts to find out at the start whose token it is. */
const confirmBackoff: Backoff = { firstMs: secondMs, maxMs: minuteMs }

/**
 * Works off wake-ups and sweeps, until the signal is aborted; what is under way is finished.
 * Begins when Toloka has said that the token belongs to the account of the records.
 *
 * @throws WrongAccountError if the records belong to another account
 */
export async function run(
  archiver: LocalArchiver,
  sweepIntervalMs: number,
  signal: AbortSignal,
): Promise<void> {
  const failure = new AbortController()
  const stop = AbortSignal.any([signal, failure.signal])
  await confirmOwner(archiver, stop)
  const loops = [workForEver(archiver, stop), sweepForEver(archiver, sweepIntervalMs, stop)]
  const ends = await Promise.allSettled(
    loops.map((loop) =>
      loop.catch((error: unknown) => {
        failure.abort()
        throw error
      }),
    ),
  )
  const failed = ends.find((end) => end.status === 'rejected')
  if (failed) throw failed.reason
}

/** Another account is a mistake to say at once; a Toloka that cannot be reached may come back. */
async function confirmOwner(archiver: LocalArchiver, signal: AbortSignal): Promise<void> {
  const { journal } = archiver
  for (let tries = 0; !signal.aborted; tries += 1) {
    const isConfirmed = await orTrouble(archiver, async () => {
      try {
        await archiver.confirmOwner()
        return true
      } catch (error) {
        if (!(error instanceof TolokaError)) throw error
        journal.write('TOLOKA_TROUBLE', { problem: error.message, class: error.answerClass })
        return false
      }
    })
    if (isConfirmed) return
    await sleep(backoffMs(confirmBackoff, tries), signal)
  }
}

async function workForEver(archiver: LocalArchiver, signal: AbortSignal): Promise<void> {
  const { queue, clock } = archiver
  const news = createBell()
  const endListening = queue.onRequest(news.ring)
  signal.addEventListener('abort', news.ring)
  try {
    while (!signal.aborted) {
      const dueAt = await orTrouble(archiver, async () => {
        await workOff(archiver, signal)
        return queue.nextDueAt()
      })
      await news.wait(napMs(dueAt === null ? longestNapMs : dueAt - clock.now()))
    }
  } finally {
    endListening()
  }
}

/** Sweeps at once and then at each interval; a sweep that stopped half-way goes on at the next. */
async function sweepForEver(
  archiver: LocalArchiver,
  intervalMs: number,
  signal: AbortSignal,
): Promise<void> {
  const { clock } = archiver
  while (!signal.aborted) {
    const nextAt = clock.now() + intervalMs
    await orTrouble(archiver, archiver.sweep)
    while (!signal.aborted && clock.now() < nextAt) {
      await sleep(napMs(nextAt - clock.now()), signal)
    }
  }
}

/** Trouble with the data file, such as a full disk, may pass: say so, and go on after a nap. */
async function orTrouble<Result>(
  { journal }: LocalArchiver,
  work: () => Promise<Result>,
): Promise<Result | null> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof WrongAccountError) throw error
    journal.write('WORK_FAILED', { problem: String(error) })
    return null
  }
}

function napMs(durationMs: number): number {
  return Math.min(Math.max(durationMs, 0), longestNapMs)
}
