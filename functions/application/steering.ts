import { archiveNow, type ArchiveNowResult } from './archive-now.ts'
import { readStatus, type ArchiverStatus } from './archiver-status.ts'
import type { OperatorAnswer } from './change-by-operator.ts'
import type { Dependencies } from './dependencies.ts'
import { explain, type Explanation } from './explain.ts'
import { holdPool, releasePool } from './hold-pool.ts'
import { pauseArchiving, resumeArchiving } from './pause-archiving.ts'
import type { Despite } from '../domain/override.ts'
import type { Hold } from '../domain/policy.ts'

/** What operators see and steer by, with what it stands on. */
export interface Steering {
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

export function steer(dependencies: Dependencies): Steering {
  return {
    explain: (poolId) => explain(dependencies, poolId),
    readStatus: () => readStatus(dependencies),
    hold: (poolId, hold) => holdPool(dependencies, poolId, hold),
    release: (poolId, by) => releasePool(dependencies, poolId, by),
    archiveNow: (poolId, asked) => archiveNow(dependencies, poolId, asked),
    pause: (by) => pauseArchiving(dependencies, by),
    resume: () => resumeArchiving(dependencies),
  }
}
