import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { Census } from './census.ts'
import { Random } from './random.ts'
import type { Simulation } from './simulate.ts'

/** What a worker is to do. */
export interface Part {
  readonly pools: number
  readonly seed: number
}

/** What a worker gives back: a simulation whose census is plain enough to be sent. */
export type PartOutcome = Omit<Simulation, 'census'> & { readonly counts: Census['counts'] }

/** As `simulate`, on several cores. Which worlds there are depends on their number as well. */
export async function simulateInParallel(
  pools: number,
  seed: number,
  workers: number,
): Promise<Simulation> {
  const seeds = new Random(seed)
  const parts = Array.from({ length: workers }, () => ({
    pools: Math.ceil(pools / workers),
    seed: seeds.seed(),
  }))
  const outcomes = await Promise.all(parts.map(runPart))
  const census = new Census()
  for (const { counts } of outcomes) census.add(counts)
  return {
    census,
    lives: sum(outcomes.map(({ lives }) => lives)),
    archived: sum(outcomes.map(({ archived }) => archived)),
    failure: outcomes.find(({ failure }) => failure !== null)?.failure ?? null,
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
