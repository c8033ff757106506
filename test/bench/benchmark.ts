/** A mark that a figure has to reach. */
export interface Mark {
  readonly atLeast?: number
  readonly atMost?: number
}

/** One figure of a benchmark: ours beside that of an alternative, or alone. */
export interface Figure {
  readonly what: string
  readonly unit: string
  /** Medians of timed figures; counted ones are what they are. */
  readonly ours: number
  /** Null if it is compared with the mark alone. */
  readonly alternative: number | null
  /** What the mark is about: a ratio of the two, or ours. */
  readonly value: number
  /** Of timed figures: the quartiles of the value over all rounds. */
  readonly spread: readonly [number, number] | null
  /** Null if there is nothing that it has to reach. */
  readonly mark: Mark | null
}

export interface Benchmark {
  readonly title: string
  readonly run: () => Promise<readonly Figure[]>
}

/** A figure that is compared with its mark alone. */
export function alone(what: string, unit: string, value: number, atMost: number): Figure {
  return { what, unit, ours: value, alternative: null, value, spread: null, mark: { atMost } }
}

export function isReached({ value, mark }: Figure): boolean {
  return value >= (mark?.atLeast ?? -Infinity) && value <= (mark?.atMost ?? Infinity)
}

/** The value below which so large a share of the numbers lies; 0.5 is the median. */
export function quantile(numbers: readonly number[], share: number): number {
  const sorted = numbers.toSorted((one, other) => one - other)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}
