import type { Probe } from './probe.ts'
import { credentials } from './probes/credentials.ts'
import { draft } from './probes/draft.ts'
import { exam } from './probes/exam.ts'
import { foreignPool } from './probes/foreign-pool.ts'
import { missingPool } from './probes/missing-pool.ts'
import { openPool } from './probes/open-pool.ts'
import { pendingWork } from './probes/pending-work.ts'
import { poolLists } from './probes/pool-lists.ts'
import { quota } from './probes/quota.ts'
import { rejections } from './probes/rejections.ts'
import { secondArchive } from './probes/second-archive.ts'
import { training } from './probes/training.ts'
import { webhooks } from './probes/webhooks.ts'

/** Every probe, in the order in which they run. */
export const catalogue: readonly Probe[] = [
  credentials,
  openPool,
  draft,
  missingPool,
  foreignPool,
  training,
  secondArchive,
  poolLists,
  exam,
  pendingWork,
  rejections,
  webhooks,
  // The last one: no pool can be made for a minute after it.
  quota,
]
