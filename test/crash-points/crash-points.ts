import { hourMs } from '../../functions/domain/instant.ts'
import type { Life } from '../scenarios/lives.ts'
import { blowKinds, type Blow } from '../support/side-effects.ts'
import { CanonicalWorld, sweepIntervalMs } from './canonical-world.ts'

/** How much later a pool may be archived for each blow: by a sweep, and by what is waited for. */
const latenessMs = sweepIntervalMs + 2 * hourMs

/** What came of all lives with blows. */
export interface Outcome {
  readonly lives: number
  /** Side effects of the life without any blow. */
  readonly effects: number
  /** The first life that did not end as it should: with which blows, and what was wrong. */
  readonly failure: { readonly blows: readonly Blow[]; readonly problems: readonly string[] } | null
}

/** Lives a life once with a blow at each of its side effects, in each way. */
export async function strikeOnce(life: Life): Promise<Outcome> {
  const { effects } = await new CanonicalWorld(life, []).live()
  return strike(
    life,
    blowKinds.flatMap((kind) => effects.map((_, position) => [{ position, kind }])),
  )
}

/** Lives a life once with two blows at each pair of side effects, in each way. */
export async function strikeTwice(life: Life): Promise<Outcome> {
  const pairs: (readonly Blow[])[] = []
  for (const kind of blowKinds) {
    const { effects } = await new CanonicalWorld(life, []).live()
    for (const first of effects.keys()) {
      // A blow changes what comes after it.
      const after = await new CanonicalWorld(life, [{ position: first, kind }]).live()
      for (let second = first + 1; second < after.effects.length; second += 1) {
        pairs.push([
          { position: first, kind },
          { position: second, kind },
        ])
      }
    }
  }
  return strike(life, pairs)
}

async function strike(life: Life, all: readonly (readonly Blow[])[]): Promise<Outcome> {
  const plain = await new CanonicalWorld(life, []).live()
  const effects = plain.effects.length
  if (plain.problems.length > 0) return { lives: 1, effects, failure: { blows: [], ...plain } }
  for (const blows of all) {
    const { archivedAt, problems } = await new CanonicalWorld(life, blows).live()
    const lateMs = (archivedAt ?? 0) - (plain.archivedAt ?? 0)
    const found = [
      ...problems,
      ...(lateMs > blows.length * latenessMs ? [`is late by ${lateMs / hourMs} hours`] : []),
    ]
    if (found.length > 0) return { lives: all.length, effects, failure: { blows, problems: found } }
  }
  return { lives: all.length, effects, failure: null }
}
