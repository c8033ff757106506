import * as z from 'zod/mini'
import { dayMs, minuteMs } from '../functions/domain/instant.ts'
import {
  archiverSettings,
  findScopeContradictions,
} from '../functions/runtime/archiver-settings.ts'
import type { ConfigProblem } from '../functions/runtime/config-error.ts'
import { parseDuration } from '../functions/runtime/duration.ts'
import { readSettings, type Environment } from '../functions/runtime/read-settings.ts'
import { settings } from '../functions/runtime/settings.ts'
import { findSimilarName } from '../functions/runtime/similar-name.ts'
import { awsParameters } from './aws-parameters.ts'

const stageParameters = z.extend(
  z.extend(archiverSettings, { WEBHOOK_TOLERANCE: settings.shape.WEBHOOK_TOLERANCE }),
  awsParameters.shape,
)

/** Given by commands that deploy nothing, so that they work before there is a secret. */
const withoutToken = 'WITHOUT_TOKEN'
const noSecret = 'arn:aws:secretsmanager:us-east-1:000000000000:secret:none-000000'

/** Every parameter that a stage can have. */
export const parameterNames: readonly string[] = Object.keys(stageParameters.shape)

export interface StageParameters extends z.output<typeof stageParameters> {
  /** The texts, as they were given. */
  readonly given: Environment
}

/**
 * What the parameters mean, by the parsers that the functions use.
 *
 * @param values texts from the command line, and whatever YAML can hold; null and '' are not set
 * @throws ConfigError with every problem there is
 */
export function readStageParameters(values: Readonly<Record<string, unknown>>): StageParameters {
  const { [withoutToken]: needsNoToken, ...others } = values
  const set = Object.entries(others).filter(([, value]) => value !== null && value !== '')
  const given: Environment = {
    ...(needsNoToken === undefined ? {} : { TOLOKA_TOKEN: noSecret }),
    ...Object.fromEntries(set.map(([name, value]) => [name, toText(value)])),
  }
  const read = readSettings(stageParameters, given, () => [
    ...set.flatMap(([name, value]) => findStructure(name, value)),
    ...findScopeContradictions(given),
    ...findSweepProblems(given),
    ...findUnknown(given),
  ])
  return { ...read, given }
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

/** Scheduler counts in minutes, and an alarm looks back a week at most, in periods of a day. */
function findSweepProblems(given: Environment): readonly ConfigProblem[] {
  const name = 'SWEEP_INTERVAL'
  const text = given[name] ?? ''
  const minutes = (parseDuration(text) ?? 0) / minuteMs
  // What is shorter was found already, by the parser that the functions use.
  if (minutes < 1 || (Number.isInteger(minutes) && minutes <= dayMs / minuteMs)) return []
  const expected = 'whole minutes, up to one day on AWS, such as 90m, 12h or 1d'
  return [{ name, given: text, problem: 'does not fit', expected }]
}

function findUnknown(given: Environment): readonly ConfigProblem[] {
  return Object.keys(given).flatMap((name) => {
    if (parameterNames.includes(name)) return []
    const expected = findSimilarName(name, parameterNames) ?? `one of ${parameterNames.join(', ')}`
    return [{ name, given: null, problem: 'is not a stage parameter', expected }]
  })
}
