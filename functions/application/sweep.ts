import { minuteMs, type Instant } from '../domain/instant.ts'
import { accessClosedUntil, denyAccess, isAboutToken } from './access.ts'
import { changeAccount } from './account.ts'
import { comparePage } from './compare-page.ts'
import type { Dependencies } from './dependencies.ts'
import type { SweepState } from './account-state.ts'
import { TolokaError } from './toloka-error.ts'
import { sendStuckAnnouncements, wakeOverdue } from './wake-overdue.ts'

/** Longer than a page takes; after it, whoever died while sweeping is replaced. */
const leaseMs = 15 * minuteMs

export interface SweepResult {
  /**
   * `busy`: another sweep is under way. `stopped`: trouble; the next sweep goes on from the cursor.
   * `out-of-time`: whoever called should have another run go on at once.
   */
  readonly outcome: 'finished' | 'stopped' | 'out-of-time' | 'busy'
  readonly pages: number
  readonly listed: number
  readonly discovered: number
  readonly changed: number
  readonly woken: number
  readonly repaired: number
  /** For how long a record has been due at the most, when the sweep looked for them. */
  readonly oldestOverdueSeconds: number
}

const journalCodes = {
  finished: 'SWEEP_FINISHED',
  stopped: 'SWEEP_STOPPED',
  'out-of-time': 'SWEEP_CONTINUES',
} as const

/** Counted while the pages are read, so that a sweep that stops says how far it came. */
interface Tally {
  pages: number
  listed: number
  discovered: number
  changed: number
}

/**
 * Goes through all closed pools and wakes those that nothing else has woken: the truth behind
 * webhooks and timers, which may get lost. Goes on where the last one stopped.
 *
 * @param owner who sweeps; the same owner may take over its own lease after a crash
 * @param until when to begin nothing more, for a caller that has not for ever
 * @throws WrongAccountError if the records belong to another account
 */
export async function sweep(
  dependencies: Dependencies,
  owner: string,
  until: Instant = Infinity,
): Promise<SweepResult> {
  const { journal, clock } = dependencies
  const tally: Tally = { pages: 0, listed: 0, discovered: 0, changed: 0 }
  if (!(await takeLease(dependencies, owner))) {
    journal.write('SWEEP_BUSY')
    return { outcome: 'busy', ...tally, woken: 0, repaired: 0, oldestOverdueSeconds: 0 }
  }
  journal.write('SWEEP_STARTED')
  try {
    const outcome = await comparePages(dependencies, { owner, until }, tally)
    // Where not even one page could be read, the next sweep begins anew: no page may block the rest.
    if (tally.pages === 0) await changeSweep(dependencies, owner, { cursor: null })
    const woken = await wakeOverdue(dependencies, until)
    await sendStuckAnnouncements(dependencies)
    if (outcome === 'finished') {
      await changeSweep(dependencies, owner, { finishedAt: clock.now() })
    }
    const counts = { ...tally, ...woken }
    journal.write(journalCodes[outcome], counts)
    return { outcome, ...counts }
  } finally {
    await changeSweep(dependencies, owner, { lease: null })
  }
}

/** Page by page from the cursor, which is written after each. */
async function comparePages(
  dependencies: Dependencies,
  { owner, until }: { readonly owner: string; readonly until: Instant },
  tally: Tally,
): Promise<'finished' | 'stopped' | 'out-of-time'> {
  const { account, toloka, settings, journal, clock } = dependencies
  try {
    if ((await accessClosedUntil(dependencies, await account.read())) !== null) return 'stopped'
    let { cursor } = (await account.read()).sweep
    do {
      const page = await toloka.listPools('CLOSED', cursor)
      const { observing } = settings
      const paused = !observing && (await account.read()).paused !== null // Observing comes first.
      const { discovered, changed } = await comparePage(dependencies, page, { observing, paused })
      tally.pages += 1
      tally.listed += page.pools.length + page.unreadable.length
      tally.discovered += discovered
      tally.changed += changed
      cursor = page.next
      const lease = leaseOf(dependencies, owner)
      if (!(await changeSweep(dependencies, owner, { cursor, lease }))) return 'stopped'
      if (cursor !== null && clock.now() >= until) return 'out-of-time'
    } while (cursor !== null)
    return 'finished'
  } catch (error) {
    if (!(error instanceof TolokaError)) throw error
    if (isAboutToken(error)) await denyAccess(dependencies, error)
    journal.write('TOLOKA_TROUBLE', { problem: error.message, class: error.answerClass })
    return 'stopped'
  }
}

/** False if somebody else sweeps. */
async function takeLease(dependencies: Dependencies, owner: string): Promise<boolean> {
  const now = dependencies.clock.now()
  const taken = await changeAccount(dependencies, ({ sweep: { lease, ...rest } }) =>
    lease && lease.owner !== owner && now < lease.until
      ? null
      : { sweep: { ...rest, lease: leaseOf(dependencies, owner) } },
  )
  return taken !== null
}

function leaseOf({ clock }: Dependencies, owner: string): SweepState['lease'] {
  return { owner, until: clock.now() + leaseMs }
}

/** False if somebody else has taken over, after this sweep was slower than its lease. */
async function changeSweep(
  dependencies: Dependencies,
  owner: string,
  change: Partial<SweepState>,
): Promise<boolean> {
  const changed = await changeAccount(dependencies, ({ sweep: state }) =>
    state.lease?.owner === owner ? { sweep: { ...state, ...change } } : null,
  )
  return changed !== null
}
