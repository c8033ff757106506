import * as z from 'zod/mini'
import { ConfigError, type ConfigProblem } from './config-error.ts'
import { settingNotes } from './setting.ts'
import { findSimilarName } from './similar-name.ts'

export type Environment = Readonly<Record<string, string | undefined>>

/** Settings by their names, each read by its own schema. */
type SettingsSchema = z.ZodMiniObject<Readonly<Record<string, z.ZodMiniType>>>

/** Tells what is wrong beyond the single values. */
export type FindProblems = (given: Environment) => readonly ConfigProblem[]

const findNothing: FindProblems = () => []

/**
 * The settings in an environment, in which there is much else. An empty text counts as not set.
 *
 * @throws ConfigError with every problem there is.
 */
export function readEnvironment<Schema extends SettingsSchema>(
  schema: Schema,
  environment: Environment,
  findProblems: FindProblems = findNothing,
): z.output<Schema> {
  const names = Object.keys(schema.shape)
  return readSettings(schema, environment, (given) => [
    ...findProblems(given),
    ...findMistypedNames(names, given),
  ])
}

/**
 * The settings among texts by their names. An empty text counts as not set.
 *
 * @throws ConfigError with every problem there is.
 */
export function readSettings<Schema extends SettingsSchema>(
  schema: Schema,
  texts: Environment,
  findProblems: FindProblems,
): z.output<Schema> {
  const given = Object.fromEntries(Object.entries(texts).filter(([, text]) => text))
  const reading = z.safeParse(schema, given)
  const problems = [
    ...(reading.error?.issues ?? []).map((issue) => toProblem(schema, issue, given)),
    ...findProblems(given),
  ]
  if (reading.data === undefined || problems.length > 0) throw new ConfigError(problems)
  return reading.data
}

function toProblem(
  schema: SettingsSchema,
  { path, message }: z.core.$ZodIssue,
  given: Environment,
): ConfigProblem {
  const name = String(path[0])
  const text = given[name]
  const problem = text === undefined ? 'is not set' : 'does not fit'
  return {
    name,
    given: text === undefined ? null : show(schema, name, text),
    problem,
    expected: message,
  }
}

/** Null for a secret, and for an address in which there may be one. */
function show({ shape }: SettingsSchema, name: string, text: string): string | null {
  const schema = shape[name]
  const mayHoldSecret = name.endsWith('_URL') && /[@?#]/.test(text)
  return mayHoldSecret || schema === undefined || settingNotes.get(schema)?.secret === true
    ? null
    : text
}

/** A mistyped EXCLUDED_PROJECTS would archive what was to be kept. Values are not shown. */
function findMistypedNames(
  settingNames: readonly string[],
  given: Environment,
): readonly ConfigProblem[] {
  return Object.keys(given).flatMap((name) => {
    if (settingNames.includes(name)) return []
    const similar = findSimilarName(name, settingNames)
    if (similar === null && !name.startsWith('TOLOKA_')) return []
    const expected = similar ?? `one of ${settingNames.join(', ')}`
    return [{ name, given: null, problem: 'is not a setting', expected }]
  })
}
