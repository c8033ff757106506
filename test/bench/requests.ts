import { closedPool } from '../support/closed-pools.ts'
import { setUpWorkbench, type Workbench } from '../support/workbench.ts'
import { alone, type Benchmark, type Figure } from './benchmark.ts'
import { archiveTheObviousWay } from './the-obvious-way.ts'

const assignments = 100_000

interface Cost {
  readonly requests: number
  readonly bytes: number
}

/** What it costs to archive a large pool, as Toloka counts it. */
async function costOf(archive: (bench: Workbench, poolId: string) => Promise<void>): Promise<Cost> {
  const bench = await setUpWorkbench()
  try {
    const poolId = closedPool(bench)
    bench.model.addManyAssignments(poolId, assignments - 1, bench.clock.at - 1)
    await archive(bench, poolId)
    if (bench.model.statusOf(poolId) !== 'ARCHIVED') throw new Error('It was not archived.')
    const { total, byRoute, bytesSent } = bench.model.requests
    return { requests: total - (byRoute.get('GET /requester') ?? 0), bytes: bytesSent }
  } finally {
    await bench.close()
  }
}

/** Our way, with as many wake-ups as it takes. */
async function archiveOurWay(bench: Workbench, poolId: string, isRejected: boolean): Promise<void> {
  const { model, clock } = bench
  if (isRejected) model.addAssignment(poolId, { status: 'REJECTED', at: clock.at })
  await bench.hint(poolId)
  while ((await bench.record(poolId)).state !== 'archived') await bench.nextWakeUp()
}

/** Requests and bytes of a pool from its close to the verified end. */
export const requests: Benchmark = {
  title: `Requests and bytes for a pool with ${assignments} assignments`,
  run: async () => {
    const clean = await costOf((bench, poolId) => archiveOurWay(bench, poolId, false))
    const rejected = await costOf((bench, poolId) => archiveOurWay(bench, poolId, true))
    const by50 = await costOf((bench, poolId) => archiveTheObviousWay(bench, poolId, 50))
    const by300 = await costOf((bench, poolId) => archiveTheObviousWay(bench, poolId, 300))
    const times = (other: Cost, size: number, atLeast: number): Figure => ({
      what: `requests, of those that page through all assignments at ${size}`,
      unit: 'times fewer',
      ours: clean.requests,
      alternative: other.requests,
      value: other.requests / clean.requests,
      spread: null,
      mark: { atLeast },
    })
    return [
      alone('clean', 'requests', clean.requests, 5),
      alone('with a rejection', 'requests', rejected.requests, 8),
      alone('with a rejection', 'bytes', rejected.bytes, 8_192),
      times(by50, 50, 250),
      times(by300, 300, 40),
    ]
  },
}
