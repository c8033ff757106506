import type { MemoryArchivalStore } from '../twins/memory-archival-store.ts'
import { Census } from './census.ts'
import type { Breach } from './checker.ts'
import { Random } from './random.ts'
import { poolsInWorld, SimulatedWorld } from './world.ts'

/** Which worlds are lived: every `step`th, from the `first` on, of those that come out of a seed. */
export interface Part {
  readonly pools: number
  readonly seed: number
  readonly first?: number
  readonly step?: number
  /** No world begins later, ms since the epoch. */
  readonly until?: number | undefined
}

/** A world in which a promise was broken: its number, and the seed that makes it again. */
export interface Failure {
  readonly number: number
  readonly world: number
  readonly breaches: readonly Breach[]
}

export interface Simulation {
  readonly census: Census
  readonly lives: number
  readonly archived: number
  /** The first one, if there is any. */
  readonly failure: Failure | null
}

/** Lives at least so many lives, in worlds that are drawn from a seed; stops at the first breach. */
export async function simulate(
  { pools, seed, first = 0, step = 1, until = Infinity }: Part,
  makeStore?: () => MemoryArchivalStore,
): Promise<Simulation> {
  const census = new Census()
  let [lives, archived] = [0, 0]
  for (let number = first; lives < pools && Date.now() < until; number += step) {
    const world = worldSeed(seed, number)
    const options = makeStore && { store: makeStore() }
    const outcome = await new SimulatedWorld(world, census, options).run()
    lives += poolsInWorld
    archived += outcome.archived
    if (outcome.breaches.length > 0) {
      return { census, lives, archived, failure: { number, world, breaches: outcome.breaches } }
    }
  }
  return { census, lives, archived, failure: null }
}

/** The seed of the nth world of a simulation: one after another, whoever lives it. */
function worldSeed(seed: number, number: number): number {
  return new Random(seed ^ Math.imul(number + 1, 0x9e_37_79_b1)).seed()
}
