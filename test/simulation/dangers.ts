import type { Chronicle } from './chronicle.ts'
import type { Random } from './random.ts'

/** What may go wrong, and how likely at the most. */
const dangers = {
  /** A process dies at one of its side effects. */
  death: 0.02,
  /** Something of ours fails, or says so. */
  failure: 0.02,
  /** A request to Toloka meets trouble. */
  trouble: 0.2,
  /** A message or a webhook gets lost. */
  loss: 0.5,
  /** A message or a webhook comes twice. */
  doubling: 0.3,
  /** A message or a webhook comes up to a day late. */
  lateness: 0.3,
  /** Several processes handle a message at the same time. */
  crowd: 0.3,
} as const

export type Danger = keyof typeof dangers

export const allDangers: readonly string[] = Object.keys(dangers)

/** The dangers of one world, until they end. */
export class Dangers {
  readonly #random: Random
  readonly #chronicle: Chronicle
  readonly #areOver: () => boolean
  readonly #likelihoods: ReadonlyMap<string, number>

  /** @param without dangers that this world is spared */
  constructor(
    random: Random,
    chronicle: Chronicle,
    areOver: () => boolean,
    without: readonly string[],
  ) {
    this.#random = random
    this.#chronicle = chronicle
    this.#areOver = areOver
    // Some worlds are calm, and some are not.
    const likelihoods = Object.entries(dangers).map(
      ([danger, most]) => [danger, random.pick([0, most / 4, most])] as const,
    )
    this.#likelihoods = new Map(likelihoods.filter(([danger]) => !without.includes(danger)))
  }

  likelihoodOf(danger: Danger): number {
    return this.#areOver() ? 0 : (this.#likelihoods.get(danger) ?? 0)
  }

  /** Whether it befalls somebody now. */
  strikes(danger: Danger): boolean {
    const isSo = this.#random.chance(this.likelihoodOf(danger))
    if (isSo) this.#chronicle.note('fault', danger)
    return isSo
  }
}
