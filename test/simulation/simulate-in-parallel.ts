import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { Census } from './census.ts'
import type { Part, Simulation } from './simulate.ts'

/** What a worker gives back: a simulation whose census is plain enough to be sent. */
export type PartOutcome = Omit<Simulation, 'census'> & { readonly counts: Census['counts'] }

/** As `simulate`, on several cores: the same worlds, however many there are. */
export async function simulateInParallel(
  { pools, ...rest }: Part,
  workers: number,
): Promise<Simulation> {
  const parts = Array.from({ length: workers }, (_, first) =>
    runPart({ ...rest, pools: Math.ceil(pools / workers), first, step: workers }),
  )
  const outcomes = await Promise.all(parts)
  const census = new Census()
  for (const { counts } of outcomes) census.add(counts)
  const failures = outcomes.flatMap(({ failure }) => failure ?? [])
  return {
    census,
    lives: sum(outcomes.map(({ lives }) => lives)),
    archived: sum(outcomes.map(({ archived }) => archived)),
    failure: failures.toSorted((one, other) => one.number - other.number)[0] ?? null,
  }
}

async function runPart(part: Part): Promise<PartOutcome> {
  const worker = new Worker(new URL('simulation-worker.ts', import.meta.url), { workerData: part })
  const [outcome]: PartOutcome[] = await once(worker, 'message')
  if (outcome === undefined) throw new Error('A worker said nothing.')
  return outcome
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
