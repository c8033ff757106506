import { Census } from './census.ts'
import type { Breach } from './checker.ts'
import { MemoryArchivalStore } from '../twins/memory-archival-store.ts'
import { Random } from './random.ts'
import { poolsInWorld, SimulatedWorld } from './world.ts'

export interface Simulation {
  readonly census: Census
  readonly lives: number
  readonly archived: number
  /** The first world in which a promise was broken, by the seed that makes it again. */
  readonly failure: { readonly seed: number; readonly breaches: readonly Breach[] } | null
}

/** Lives at least so many lives, in worlds that are drawn from a seed; stops at the first breach. */
export async function simulate(
  pools: number,
  seed: number,
  makeStore = (): MemoryArchivalStore => new MemoryArchivalStore(),
): Promise<Simulation> {
  const seeds = new Random(seed)
  const census = new Census()
  let [lives, archived] = [0, 0]
  while (lives < pools) {
    const worldSeed = seeds.seed()
    const outcome = await new SimulatedWorld(worldSeed, census, { store: makeStore() }).run()
    lives += poolsInWorld
    archived += outcome.archived
    if (outcome.breaches.length > 0) {
      return { census, lives, archived, failure: { seed: worldSeed, breaches: outcome.breaches } }
    }
  }
  return { census, lives, archived, failure: null }
}
