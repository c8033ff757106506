import type { Instant } from '../domain/instant.ts'
import type { AnsweredError } from '../domain/record.ts'

/** What concerns the whole account rather than one pool. */
export interface AccountState {
  /** Grows by one with each write; 0 has never been written. */
  readonly version: number
  /** The account whose pools these records are; bound at the first start. */
  readonly owner: { readonly origin: string; readonly requesterId: string } | null
  /** Set while an operator has stopped all archive requests. */
  readonly paused: { readonly by: string; readonly since: Instant } | null
  /** Set while Toloka does not accept the token. */
  readonly denied: {
    readonly since: Instant
    readonly nextProbeAt: Instant
    readonly error: AnsweredError
  } | null
  /** Archive requests of a day (UTC), and how many were put off to later days. */
  readonly day: { readonly date: string; readonly requests: number; readonly deferred: number }
  readonly sweep: SweepState
  /** What people are told once a day at the most, by what it is and where it is told. */
  readonly told: Readonly<Record<string, Told>>
}

export interface Told {
  /** The last day (UTC) on which it was told, or is being told. */
  readonly on: string
  /** The time of which is known that it was told; null if there is none. */
  readonly until: Instant | null
}

export interface SweepState {
  /** Who sweeps now, and until when nobody else does. */
  readonly lease: { readonly owner: string; readonly until: Instant } | null
  /** Where to go on; null to begin from the first pool. */
  readonly cursor: string | null
  readonly finishedAt: Instant | null
}

/** The account before anything was written. */
export const newAccountState: AccountState = {
  version: 0,
  owner: null,
  paused: null,
  denied: null,
  day: { date: '', requests: 0, deferred: 0 },
  sweep: { lease: null, cursor: null, finishedAt: null },
  told: {},
}
