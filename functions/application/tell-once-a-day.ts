import { toIso, type Instant } from '../domain/instant.ts'
import type { Told } from './account-state.ts'
import { changeAccount } from './account.ts'
import type { Dependencies } from './dependencies.ts'
import type { Notice, Notifier } from './ports.ts'

/** What is told once a day. */
export type Occasion = 'digest' | 'daily-limit'

/** What there is to tell, and up to when that tells everything. */
export interface Telling {
  readonly notice: Notice
  readonly until: Instant
}

const neverTold: Told = { on: '', until: null }

/**
 * Tells people something, at one place and once a day (UTC) at the most. The day is noted before
 * anything is sent, so that two sweeps, or one that dies, never tell it twice; if it died, that day
 * may go without, and the next one tells of that time too. If it failed, the next sweep tries again.
 * Trouble is written into the journal and not thrown: whoever sweeps has done its work.
 *
 * @param compose makes what is to be told, if there is anything, out of up to when it was told last
 */
export async function tellOnceADay(
  dependencies: Dependencies,
  { place, notify }: Notifier,
  occasion: Occasion,
  compose: (toldUntil: Instant | null) => Promise<Telling | null>,
): Promise<void> {
  const { clock, journal } = dependencies
  const key = `${occasion}:${place}`
  const on = toIso(clock.now()).slice(0, 10)
  let before: Told | null = null
  try {
    before = await claimDay(dependencies, key, on)
    if (before === null) return
    const telling = await compose(before.until)
    if (telling === null) return
    await notify(telling.notice)
    journal.write('NOTICE_SENT', { occasion, place, subject: telling.notice.subject })
    before = { on, until: telling.until }
  } catch (error) {
    journal.write('NOTICE_FAILED', { occasion, place, problem: String(error) })
  }
  if (before) await note(dependencies, key, before)
}

/** What was noted before; null if this day was told already, or is being told. */
async function claimDay(dependencies: Dependencies, key: string, on: string): Promise<Told | null> {
  let before = neverTold
  const claimed = await changeAccount(dependencies, ({ told }) => {
    before = told[key] ?? neverTold
    return before.on >= on ? null : { told: { ...told, [key]: { ...before, on } } }
  })
  return claimed === null ? null : before
}

async function note(dependencies: Dependencies, key: string, noted: Told): Promise<void> {
  await changeAccount(dependencies, ({ told }) => ({ told: { ...told, [key]: noted } }))
}
