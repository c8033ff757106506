type Setting = string | number | boolean | readonly string[] | undefined

type Environment = Readonly<Record<string, string | undefined>>

/** How a setting of the AWS SDK is found. */
interface Selectors<Value extends Setting> {
  readonly environmentVariableSelector: (
    environment: Environment,
    options: { readonly signingName?: string },
  ) => Value | undefined
  readonly default: Value | (() => Value | Promise<Value>)
}

/**
 * Takes the place of a function of `@smithy/core` in the bundles. A function is told everything by
 * its environment, always; the original looks for what is not there in two files of the home folder
 * as well, and throws and catches two errors for each setting that is left at its default.
 *
 * @returns reads the setting when it is first asked for, and remembers it
 */
export function loadConfig<Value extends Setting>(
  { environmentVariableSelector, default: byDefault }: Selectors<Value>,
  options: { readonly signingName?: string } = {},
): () => Promise<Value> {
  const find = async (): Promise<Value> => {
    const told = environmentVariableSelector(process.env, options)
    if (told !== undefined) return told
    return typeof byDefault === 'function' ? byDefault() : byDefault
  }
  let found: Promise<Value> | undefined
  return () => (found ??= find())
}
