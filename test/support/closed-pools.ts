import type { ArchivalRecord } from '../../functions/domain/record.ts'
import { dayMs, minuteMs, type Instant } from '../../functions/domain/instant.ts'
import type { ArchiveScript, PoolSettings } from '../fake-toloka/world.ts'
import type { Workbench } from './workbench.ts'

/** A pool that closes now with accepted answers: nothing stands in its way. Returns its id. */
export function closedPool(
  { model, clock }: Pick<Workbench, 'model' | 'clock'>,
  settings: Partial<PoolSettings> = {},
  id?: string,
): string {
  const poolId = model.createPool(settings, {
    status: 'OPEN',
    lastStartedAt: clock.at - 20 * dayMs,
    ...(id === undefined ? {} : { id }),
  })
  model.addManyAssignments(poolId, 1, clock.at - dayMs)
  model.closePool(poolId)
  return poolId
}

/** A closed pool whose archive operation is under way, and stays so for the given time. */
export async function poolWithOperation(
  bench: Workbench,
  script: ArchiveScript = { kind: 'stuck' },
): Promise<string> {
  const poolId = closedPool(bench)
  bench.model.scriptArchive(poolId, script)
  await bench.hint(poolId)
  return poolId
}

/** Lets time pass until an instant, with all that becomes due on the way. */
export async function passUntil(bench: Workbench, until: Instant): Promise<void> {
  for (;;) {
    const dueAt = await bench.queue.nextDueAt()
    if (dueAt === null || dueAt > until) break
    await bench.nextWakeUp()
  }
  bench.clock.at = until
}

/** As `passUntil`, by how much later it shall be. */
export async function pass(bench: Workbench, durationMs: number): Promise<void> {
  await passUntil(bench, bench.clock.at + durationMs)
}

/** Lets time pass until the pool is due, and gives what became of it. */
export async function untilDue(bench: Workbench, poolId: string): Promise<ArchivalRecord> {
  const { dueAt } = await bench.record(poolId)
  if (dueAt === null) throw new Error(`Nothing is due for pool ${poolId}.`)
  await passUntil(bench, dueAt)
  return bench.record(poolId)
}

/** How long the pool has to wait, in minutes. */
export async function minutesToWait(bench: Workbench, poolId: string): Promise<number> {
  const { dueAt } = await bench.record(poolId)
  return ((dueAt ?? Infinity) - bench.clock.at) / minuteMs
}

/** How many archive requests of the pool reached Toloka. */
export function archiveRequests({ model }: Workbench, poolId: string): number {
  return model.archiveRequestsOf(poolId).length
}

/** What has been asked since, such as `GET /requester`. */
export function requestsOf({ model }: Workbench, route: string): number {
  return model.requests.byRoute.get(route) ?? 0
}

/** The record says that an operator holds the pool, whatever else it says. */
export async function holdPool({ dependencies, ...bench }: Workbench, poolId: string) {
  const record = await bench.record(poolId)
  const hold = { by: 'ada', reason: 'audit', since: bench.clock.at, until: 'for-ever' } as const
  await dependencies.store.put({ ...record, hold, version: record.version + 1 }, record.version)
}
