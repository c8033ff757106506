import { WrongAccountError } from '../application/access.ts'
import { secondMs } from '../domain/instant.ts'
import { sleep, type LocalArchiver } from '../runtime/local.ts'
import { workOff } from './work-off.ts'

/** Wake-ups that another process puts into the data file are noticed after this at the latest. */
const longestNapMs = 5 * secondMs

/**
 * Works off wake-ups and sweeps, until the signal is aborted; what is under way is finished.
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

async function workForEver(archiver: LocalArchiver, signal: AbortSignal): Promise<void> {
  const { queue, clock } = archiver
  let news = new AbortController()
  const endListening = queue.onRequest(() => news.abort())
  while (!signal.aborted) {
    news = new AbortController()
    const dueAt = await orTrouble(archiver, async () => {
      await workOff(archiver, signal)
      return queue.nextDueAt()
    })
    const napMs = dueAt === null ? longestNapMs : dueAt - clock.now()
    await nap(napMs, AbortSignal.any([signal, news.signal]))
  }
  endListening()
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
    while (!signal.aborted && clock.now() < nextAt) await nap(nextAt - clock.now(), signal)
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

async function nap(durationMs: number, signal: AbortSignal): Promise<void> {
  await sleep(Math.min(Math.max(durationMs, 0), longestNapMs), signal)
}
