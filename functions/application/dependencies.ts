import type { Policy } from '../domain/policy.ts'
import type {
  AccountStore,
  Announcer,
  ArchivalStore,
  Clock,
  Journal,
  Toloka,
  WakeUps,
} from './ports.ts'

/** All that the use cases may touch. */
export interface Dependencies {
  readonly clock: Clock
  readonly toloka: Toloka
  readonly store: ArchivalStore
  readonly account: AccountStore
  readonly wakeUps: WakeUps
  readonly announcer: Announcer
  readonly journal: Journal
  readonly settings: Settings
}

export interface Settings {
  /** Of Toloka, such as `https://toloka.dev`. */
  readonly origin: string
  /** Do everything but request the archive. */
  readonly observing: boolean
  readonly policy: Policy
  readonly maxArchivesPerDay: number
  readonly maxRequestsPerSecond: number
  readonly sweepIntervalMs: number
}
