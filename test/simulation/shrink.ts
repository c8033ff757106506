import { Census } from './census.ts'
import type { Breach } from './checker.ts'
import { allDangers } from './dangers.ts'
import { poolsInWorld, SimulatedWorld } from './world.ts'

/** What is left of a world in which a promise was broken. */
export interface Remainder {
  readonly lives: readonly number[]
  readonly without: readonly string[]
}

/**
 * Leaves out lives and dangers of a world, one after the other, as long as the same promise is
 * still broken: what is left is short enough to read.
 */
export async function shrink(seed: number, { invariant }: Breach): Promise<Remainder> {
  let left: Remainder = {
    lives: Array.from({ length: poolsInWorld }, (_, number) => number),
    without: [],
  }
  for (let isShorter = true; isShorter;) {
    isShorter = false
    for (const candidate of shorter(left)) {
      const { breaches } = await new SimulatedWorld(seed, new Census(), candidate).run()
      if (!breaches.some((breach) => breach.invariant === invariant)) continue
      left = candidate
      isShorter = true
      break
    }
  }
  return left
}

/** The shortest first, so that most is left out at once. */
function* shorter({ lives, without }: Remainder): Generator<Remainder> {
  if (lives.length > 1) for (const life of lives) yield { lives: [life], without }
  if (lives.length > 2) {
    const middle = Math.floor(lives.length / 2)
    yield { lives: lives.slice(0, middle), without }
    yield { lives: lives.slice(middle), without }
    for (const life of lives) yield { lives: lives.filter((other) => other !== life), without }
  }
  for (const danger of [...allDangers, 'interventions']) {
    if (!without.includes(danger)) yield { lives, without: [...without, danger] }
  }
}
