import type { Instant } from '../domain/instant.ts'
import type { AccountState } from './account-state.ts'
import { todaysDeferred } from './account.ts'
import type { Dependencies } from './dependencies.ts'

/** What a person should know before reading anything else. */
export interface ArchiverStatus {
  /** Nothing is archived, by ARCHIVE_MODE. */
  readonly observing: boolean
  /** Who stopped all archive requests, and when; null if they go on. */
  readonly paused: AccountState['paused']
  /** Since when Toloka does not accept the token; null if it does. */
  readonly deniedSince: Instant | null
  /** Today's limit of archive requests, and how many pools wait because of it; null if none does. */
  readonly overLimit: { readonly limit: number; readonly deferred: number } | null
}

export async function readStatus(
  dependencies: Pick<Dependencies, 'account' | 'settings' | 'clock'>,
): Promise<ArchiverStatus> {
  const { account, settings, clock } = dependencies
  const state = await account.read()
  const deferred = todaysDeferred(state, clock.now())
  return {
    observing: settings.observing,
    paused: state.paused,
    deniedSince: state.denied?.since ?? null,
    overLimit: deferred === 0 ? null : { limit: settings.maxArchivesPerDay, deferred },
  }
}
