/** `green`: as it should be. `yellow`: worth knowing. `red`: somebody has to do something. */
export type Level = 'green' | 'yellow' | 'red'

/** What a look came to. */
export interface Finding {
  readonly level: Level
  /** What was found, in words. */
  readonly text: string
  /** What to do here, if it is not what the check says. */
  readonly advice?: string
}

/** One thing to look after: its name, how to find out, and what to do if it is not green. */
export interface Check {
  readonly name: string
  readonly look: () => Promise<Finding>
  readonly advice: string
}

export interface CheckResult {
  readonly name: string
  readonly level: Level
  readonly text: string
  /** Null if there is nothing to do. */
  readonly advice: string | null
}

export const green = (text: string): Finding => ({ level: 'green', text })
export const yellow = (text: string, advice?: string): Finding => withAdvice('yellow', text, advice)
export const red = (text: string, advice?: string): Finding => withAdvice('red', text, advice)

function withAdvice(level: Level, text: string, advice: string | undefined): Finding {
  return { level, text, ...(advice === undefined ? {} : { advice }) }
}

/**
 * Looks after everything, one thing after the other. A look that fails is red, and keeps nobody
 * from the others: an error never reads as "nothing wrong".
 *
 * @param onCheck is told the name of each check before it begins
 */
export async function checkUp(
  checks: readonly Check[],
  onCheck: (name: string) => void = () => {},
): Promise<readonly CheckResult[]> {
  const results: CheckResult[] = []
  for (const check of checks) {
    onCheck(check.name)
    const { level, text, advice = check.advice } = await find(check)
    results.push({ name: check.name, level, text, advice: level === 'green' ? null : advice })
  }
  return results
}

async function find({ look }: Check): Promise<Finding> {
  try {
    return await look()
  } catch (error) {
    return red(error instanceof Error ? error.message : String(error))
  }
}
