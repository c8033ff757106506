import * as z from 'zod/mini'
import { dayMs, minuteMs } from '../functions/domain/instant.ts'
import { readConfig, type Config } from '../functions/runtime/config.ts'
import { ConfigError, type ConfigProblem } from '../functions/runtime/config-error.ts'
import { parseDuration } from '../functions/runtime/duration.ts'
import { findSimilarName } from '../functions/runtime/similar-name.ts'
import { awsParameters, type AwsParameters } from './aws-parameters.ts'

/** The settings that are the same on one machine and on AWS. */
const sharedNames = [
  'TOLOKA_URL',
  'ARCHIVE_MODE',
  'CLOSE_REASONS',
  'SAFETY_MARGIN',
  'MAX_REQUESTS_PER_SECOND',
  'PROJECTS',
  'EXCLUDED_PROJECTS',
  'KEEP_MARKER',
  'WEBHOOK_TOLERANCE',
  'SWEEP_INTERVAL',
  'MAX_ARCHIVES_PER_DAY',
]

/** Every parameter that a stage can have. */
export const parameterNames: readonly string[] = [
  ...sharedNames,
  ...Object.keys(awsParameters.shape),
]

/** Values by name, as they were given. */
export type Given = Readonly<Record<string, string>>

export interface StageParameters extends AwsParameters {
  readonly given: Given
  readonly sweepIntervalMs: number
}

/**
 * What the parameters mean, by the parsers that the functions use.
 *
 * @param values texts from the command line, and whatever YAML can hold; null and '' are not set
 * @throws ConfigError with every problem there is
 */
export function readStageParameters(values: Readonly<Record<string, unknown>>): StageParameters {
  const set = Object.entries(values).filter(([, value]) => value !== null && value !== '')
  const given = Object.fromEntries(set.map(([name, value]) => [name, toText(value)]))
  const shared = readShared(given)
  const aws = z.safeParse(awsParameters, given)
  const problems = [
    ...set.flatMap(([name, value]) => findStructure(name, value)),
    ...shared.problems,
    ...(aws.error?.issues ?? []).map((issue) => toProblem(issue, given)),
    ...findSweepProblems(given),
    ...findUnknown(given),
  ]
  if (shared.config === null || aws.data === undefined || problems.length > 0) {
    throw new ConfigError(problems)
  }
  return { ...aws.data, given, sweepIntervalMs: shared.config.sweepIntervalMs }
}

/** YAML takes `[keep]` without quotes for a list; pools with that marker would not be kept. */
function findStructure(name: string, value: unknown): readonly ConfigProblem[] {
  if (typeof value !== 'object') return []
  return [{ name, given: null, problem: 'is a list or a map', expected: 'a text, in quotes' }]
}

/** YAML makes numbers of what a command line gives as text. */
function toText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function readShared(given: Given): { config: Config | null; problems: readonly ConfigProblem[] } {
  const shared = Object.entries(given).filter(([name]) => sharedNames.includes(name))
  try {
    // The token is not known here; where it is kept is an AWS parameter.
    const config = readConfig({ ...Object.fromEntries(shared), TOLOKA_TOKEN: 'unknown' })
    return { config, problems: [] }
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    return { config: null, problems: error.problems }
  }
}

function toProblem({ path, message }: z.core.$ZodIssue, given: Given): ConfigProblem {
  const name = String(path[0])
  const text = given[name]
  return {
    name,
    // Somebody may have given the token itself.
    given: text === undefined || name === 'TOLOKA_TOKEN' ? null : text,
    problem: text === undefined ? 'is not set' : 'does not fit',
    expected: message,
  }
}

/** Scheduler counts in minutes, and an alarm looks back a week at most, in periods of a day. */
function findSweepProblems(given: Given): readonly ConfigProblem[] {
  const name = 'SWEEP_INTERVAL'
  const text = given[name] ?? ''
  const minutes = (parseDuration(text) ?? 0) / minuteMs
  // What is shorter was found already, by the parser that the functions use.
  if (minutes < 1 || (Number.isInteger(minutes) && minutes <= dayMs / minuteMs)) return []
  const expected = 'whole minutes, up to one day on AWS, such as 90m, 12h or 1d'
  return [{ name, given: text, problem: 'does not fit', expected }]
}

function findUnknown(given: Given): readonly ConfigProblem[] {
  return Object.keys(given).flatMap((name) => {
    if (parameterNames.includes(name)) return []
    const expected = findSimilarName(name, parameterNames) ?? `one of ${parameterNames.join(', ')}`
    return [{ name, given: null, problem: 'is not a stage parameter', expected }]
  })
}
