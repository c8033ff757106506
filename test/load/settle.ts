import type { ArchivalRecord } from '../../functions/domain/record.ts'
import { workOff } from '../../functions/local/work-off.ts'
import { readConfig } from '../../functions/runtime/config.ts'
import { openLocalArchiver, type LocalArchiver } from '../../functions/runtime/local.ts'
import type { Ground } from './ground.ts'

/** Long enough for each lease and each look at an operation, and far from nine days. */
const settleMs = 2 * 3_600_000

export interface Settled {
  /** Pools that were unknown when all wake-ups were worked off, before any sweep could find them. */
  readonly unknown: ReadonlySet<string>
  /** What became of those that are known in the end. */
  readonly records: ReadonlyMap<string, ArchivalRecord>
}

/** Works off what dead archivers left behind, in this process and on a clock that jumps; then sweeps. */
export async function settle(ground: Ground, poolIds: readonly string[]): Promise<Settled> {
  const archiver = openLocalArchiver(readConfig(ground.environment), {
    clock: { now: ground.now },
    journal: { write: () => {} },
    pace: { take: async () => {} },
  })
  try {
    await drain(archiver, ground)
    const known = await readRecords(archiver, poolIds)
    ground.fake.faults.clear()
    await archiver.sweep()
    await drain(archiver, ground)
    return {
      unknown: new Set(poolIds.filter((poolId) => !known.has(poolId))),
      records: await readRecords(archiver, poolIds),
    }
  } finally {
    archiver.close()
  }
}

async function drain(archiver: LocalArchiver, { clock, now }: Ground): Promise<void> {
  const until = now() + settleMs
  for (;;) {
    await workOff(archiver)
    const dueAt = await archiver.queue.nextDueAt()
    if (dueAt === null || dueAt > until) return
    clock.aheadMs += Math.max(0, dueAt - now())
  }
}

async function readRecords(
  { store }: LocalArchiver,
  poolIds: readonly string[],
): Promise<ReadonlyMap<string, ArchivalRecord>> {
  const records = new Map<string, ArchivalRecord>()
  for (const poolId of poolIds) {
    const record = await store.get(poolId)
    if (record) records.set(poolId, record)
  }
  return records
}
