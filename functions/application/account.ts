import { dayMs, toIso, type Instant } from '../domain/instant.ts'
import type { Dependencies } from './dependencies.ts'
import type { AccountState } from './account-state.ts'

/** Others write the account as well; each of them has moved on by the time we try again. */
const tries = 20

type AccountChange = Partial<Omit<AccountState, 'version'>>

/**
 * Changes the account by what `change` makes of its newest state; null changes nothing.
 *
 * @returns the state after the change, or null if nothing was to be changed
 */
export async function changeAccount(
  { account }: Pick<Dependencies, 'account'>,
  change: (state: AccountState) => AccountChange | null,
): Promise<AccountState | null> {
  for (let left = tries; left > 0; left -= 1) {
    const state = await account.read()
    const changed = change(state)
    if (changed === null) return null
    const next = { ...state, ...changed, version: state.version + 1 }
    if (await account.write(next, state.version)) return next
  }
  throw new Error(`The state of the account changed ${tries} times while it was to be written.`)
}

/** The requests of today (UTC); a new day begins at zero, but not a day that comes again. */
function today({ day }: AccountState, now: Instant): AccountState['day'] {
  const date = toIso(now).slice(0, 10)
  return day.date >= date ? day : { date, requests: 0, deferred: 0 }
}

/** How many archive requests of today's limit are used up. */
export function requestsToday(state: AccountState, now: Instant): number {
  return today(state, now).requests
}

export function isLimitReached(state: AccountState, { settings, clock }: Dependencies): boolean {
  return requestsToday(state, clock.now()) >= settings.maxArchivesPerDay
}

/** How many pools were put off to later days because of today's limit. */
export function todaysDeferred(state: AccountState, now: Instant): number {
  return today(state, now).deferred
}

/**
 * Counts one archive request, unless archiving is paused or today's limit is reached. Read and
 * written in one step, so that a pause takes effect before the next request.
 */
export async function reserveArchiveRequest(
  dependencies: Dependencies,
): Promise<'reserved' | 'paused' | 'daily-limit'> {
  let refusal: 'paused' | 'daily-limit' = 'paused'
  const reserved = await changeAccount(dependencies, (state) => {
    if (state.paused) return null
    if (isLimitReached(state, dependencies)) {
      refusal = 'daily-limit'
      return null
    }
    const day = today(state, dependencies.clock.now())
    return { day: { ...day, requests: day.requests + 1 } }
  })
  return reserved ? 'reserved' : refusal
}

/** A place on the next day for a pool that is over today's limit: spread, first come first. */
export async function deferToNextDay(dependencies: Dependencies): Promise<Instant> {
  const { clock, journal, settings } = dependencies
  const now = clock.now()
  const changed = await changeAccount(dependencies, (state) => {
    const day = today(state, now)
    return { day: { ...day, deferred: day.deferred + 1 } }
  })
  const place = (changed?.day.deferred ?? 1) - 1
  if (place === 0) journal.write('DAILY_LIMIT_REACHED', { limit: settings.maxArchivesPerDay })
  const midnight = (Math.floor(now / dayMs) + 1) * dayMs
  return midnight + Math.floor((place * dayMs) / settings.maxArchivesPerDay)
}
