import { quantile, type Figure, type Mark } from './benchmark.ts'

export interface Rounds {
  readonly what: string
  readonly unit: string
  /** One value for each round, in the same order: the two took turns. */
  readonly ours: readonly number[]
  readonly alternative: readonly number[]
  readonly mark: Mark | null
}

/** Ours divided by the alternative, round by round: what disturbs one round disturbs both. */
export function compareRounds({ what, unit, ours, alternative, mark }: Rounds): Figure {
  const ratios = ours.map((value, round) => value / (alternative[round] ?? Number.NaN))
  return {
    what,
    unit,
    ours: quantile(ours, 0.5),
    alternative: quantile(alternative, 0.5),
    value: quantile(ratios, 0.5),
    spread: [quantile(ratios, 0.25), quantile(ratios, 0.75)],
    mark,
  }
}
