import { parseArgs, type ParseArgsOptionsConfig } from 'node:util'

type Values<Options extends ParseArgsOptionsConfig> = ReturnType<
  typeof parseArgs<{ options: Options }>
>['values']

/** The options among arguments, or in words what is wrong with these. */
export function parseArguments<Options extends ParseArgsOptionsConfig>(
  options: Options,
  args: readonly string[],
): { readonly values: Values<Options> } | { readonly problem: string } {
  try {
    return { values: parseArgs({ options, args: [...args] }).values }
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) }
  }
}

/** The options that this program was started with; ends it with 2 if they make no sense. */
export function readArguments<Options extends ParseArgsOptionsConfig>(
  usage: string,
  options: Options,
): Values<Options> {
  const parsed = parseArguments(options, process.argv.slice(2))
  if ('values' in parsed) return parsed.values
  return endByUsage(usage, parsed.problem)
}

/** Ends the program: this is not how it is used. */
export function endByUsage(usage: string, problem: string): never {
  process.stderr.write(`${problem}\n\n${usage}\n`)
  process.exit(2)
}
