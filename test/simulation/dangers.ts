import type { Chronicle } from './chronicle.ts'
import type { Random } from './random.ts'

/** What may go wrong, and how likely. */
interface Likelihoods {
  /** A process dies at one of its side effects. */
  readonly death: number
  /** A request to Toloka meets trouble. */
  readonly trouble: number
  /** A message gets lost. */
  readonly loss: number
  /** A message comes twice. */
  readonly doubling: number
  /** A message comes up to a day late. */
  readonly lateness: number
  /** Several processes handle a message at the same time. */
  readonly crowd: number
}

export type Danger = keyof Likelihoods

/** The dangers of one world, until they end. */
export class Dangers {
  readonly #random: Random
  readonly #chronicle: Chronicle
  readonly #areOver: () => boolean
  readonly #likelihoods: Likelihoods

  constructor(random: Random, chronicle: Chronicle, areOver: () => boolean) {
    this.#random = random
    this.#chronicle = chronicle
    this.#areOver = areOver
    // Some worlds are calm, and some are not.
    const draw = (most: number): number => random.pick([0, most / 4, most])
    this.#likelihoods = {
      death: draw(0.02),
      trouble: draw(0.2),
      loss: draw(0.5),
      doubling: draw(0.3),
      lateness: draw(0.3),
      crowd: draw(0.3),
    }
  }

  likelihoodOf(danger: Danger): number {
    return this.#areOver() ? 0 : this.#likelihoods[danger]
  }

  /** Whether it befalls somebody now. */
  strikes(danger: Danger): boolean {
    const isSo = this.#random.chance(this.likelihoodOf(danger))
    if (isSo) this.#chronicle.note('fault', danger)
    return isSo
  }
}
