export interface ConfigProblem {
  /** The setting. */
  readonly name: string
  /** What was given; null if nothing was, or if it must not be shown. */
  readonly given: string | null
  /** What is wrong with it, such as `is not set` or `does not fit`. */
  readonly problem: string
  readonly expected: string
}

/** The settings do not fit. Names every problem there is, and shows no secret. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  readonly problems: readonly ConfigProblem[]

  constructor(problems: readonly ConfigProblem[]) {
    super(
      ['The settings do not fit; nothing was started.', ...problems.map(describeProblem)].join(
        '\n  ',
      ),
    )
    this.problems = problems
  }
}

function describeProblem({ name, given, problem, expected }: ConfigProblem): string {
  return `${name}${given === null ? '' : ` = ${JSON.stringify(given)}`} ${problem}: expected ${expected}`
}
