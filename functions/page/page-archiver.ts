import type { ArchiveNowResult } from '../application/archive-now.ts'
import type { ArchiverStatus } from '../application/archiver-status.ts'
import type { Explanation } from '../application/explain.ts'
import type { OperatorAnswer } from '../application/change-by-operator.ts'
import type { ArchivalStore, Clock, Journal } from '../application/ports.ts'
import type { Despite } from '../domain/override.ts'
import type { Hold } from '../domain/policy.ts'

/** What the status page needs of an archiver, wherever that runs. */
export interface PageArchiver {
  readonly clock: Clock
  readonly journal: Journal
  readonly store: Pick<ArchivalStore, 'list' | 'get'>
  readonly explain: (poolId: string) => Promise<Explanation>
  readonly readStatus: () => Promise<ArchiverStatus>
  readonly hold: (poolId: string, hold: Omit<Hold, 'since'>) => Promise<OperatorAnswer>
  readonly release: (poolId: string, by: string) => Promise<OperatorAnswer>
  /** Throws TolokaError. */
  readonly archiveNow: (
    poolId: string,
    asked: { readonly by: string; readonly despite: Despite | null },
  ) => Promise<ArchiveNowResult>
  /** @param by who does it, for people */
  readonly pause: (by: string) => Promise<void>
  readonly resume: () => Promise<void>
}
