import { resolve } from 'node:path'
import * as z from 'zod/mini'
import type { Policy } from '../domain/policy.ts'
import { ConfigError, type ConfigProblem } from './config-error.ts'
import { settingNotes } from './setting.ts'
import { splitList } from './setting-values.ts'
import { settingNames, settings, type Settings } from './settings.ts'
import { findSimilarName } from './similar-name.ts'

/** What an archiver on one machine runs by. */
export interface Config {
  readonly toloka: {
    /** Without a path, such as `https://toloka.dev`. */
    readonly origin: string
    readonly token: string
  }
  readonly webhook: {
    /** The newest first; empty: the webhook is off. */
    readonly secrets: readonly string[]
    readonly toleranceMs: number
    /** Where Toloka reaches us, for subscriptions; null if it is not said. */
    readonly publicUrl: string | null
  }
  readonly mode: 'observe' | 'archive'
  readonly policy: Policy
  readonly maxRequestsPerSecond: number
  readonly sweepIntervalMs: number
  readonly maxArchivesPerDay: number
  readonly server: { readonly host: string; readonly port: number }
  /** An absolute path. */
  readonly dataFile: string
}

export type Environment = Readonly<Record<string, string | undefined>>

/**
 * The settings of this process.
 *
 * @throws ConfigError
 */
export function loadConfig(): Config {
  return readConfig(process.env)
}

/**
 * The settings in an environment. An empty text counts as not set.
 *
 * @throws ConfigError with every problem there is.
 */
export function readConfig(environment: Environment): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, text]) => text))
  const reading = z.safeParse(settings, given)
  const problems = [
    ...(reading.error?.issues ?? []).map((issue) => toProblem(issue, given)),
    ...findContradictions(given),
    ...findMistypedNames(given),
  ]
  if (reading.data === undefined || problems.length > 0) throw new ConfigError(problems)
  return toConfig(reading.data)
}

function toProblem({ path, message }: z.core.$ZodIssue, given: Environment): ConfigProblem {
  const name = String(path[0])
  const text = given[name]
  const problem = text === undefined ? 'is not set' : 'does not fit'
  return { name, given: text === undefined ? null : show(name, text), problem, expected: message }
}

/** Null for a secret, and for an address in which there may be one. */
function show(name: string, text: string): string | null {
  const schema = Object.entries(settings.shape).find(([key]) => key === name)?.[1]
  const mayHoldSecret = name.endsWith('_URL') && /[@?#]/.test(text)
  return mayHoldSecret || schema === undefined || settingNotes.get(schema)?.secret === true
    ? null
    : text
}

/** What does not fit together. */
function findContradictions(given: Environment): readonly ConfigProblem[] {
  const { TOLOKA_WEBHOOK_SECRET, TOLOKA_WEBHOOK_SECRET_PREVIOUS, WEBHOOK_URL } = given
  const problems: ConfigProblem[] = []
  const add = (name: string, problem: string, expected: string): void => {
    problems.push({ name, given: null, problem, expected })
  }
  if (TOLOKA_WEBHOOK_SECRET === undefined && TOLOKA_WEBHOOK_SECRET_PREVIOUS !== undefined) {
    add('TOLOKA_WEBHOOK_SECRET_PREVIOUS', 'is set alone', 'TOLOKA_WEBHOOK_SECRET as well')
  }
  if (TOLOKA_WEBHOOK_SECRET === undefined && WEBHOOK_URL !== undefined) {
    add('WEBHOOK_URL', 'is set alone', 'TOLOKA_WEBHOOK_SECRET as well, or Toloka cannot sign')
  }
  const excluded = new Set(splitList(given['EXCLUDED_PROJECTS'] ?? ''))
  const both = splitList(given['PROJECTS'] ?? '').filter((id) => id !== '' && excluded.has(id))
  if (both.length > 0) {
    add('EXCLUDED_PROJECTS', `names ${both.join(', ')}, as PROJECTS does`, 'each in one of them')
  }
  return problems
}

/** A mistyped EXCLUDED_PROJECTS would archive what was to be kept. Values are not shown. */
function findMistypedNames(given: Environment): readonly ConfigProblem[] {
  return Object.keys(given).flatMap((name) => {
    if (settingNames.includes(name)) return []
    const similar = findSimilarName(name, settingNames)
    if (similar === null && !name.startsWith('TOLOKA_')) return []
    const expected = similar ?? `one of ${settingNames.join(', ')}`
    return [{ name, given: null, problem: 'is not a setting', expected }]
  })
}

function toConfig(values: Settings): Config {
  const secrets = [values.TOLOKA_WEBHOOK_SECRET, values.TOLOKA_WEBHOOK_SECRET_PREVIOUS]
  return {
    toloka: { origin: values.TOLOKA_URL, token: values.TOLOKA_TOKEN },
    webhook: {
      secrets: secrets.filter((secret) => secret !== null),
      toleranceMs: values.WEBHOOK_TOLERANCE,
      publicUrl: values.WEBHOOK_URL,
    },
    mode: values.ARCHIVE_MODE,
    policy: {
      graceMsByCloseReason: values.CLOSE_REASONS,
      safetyMarginMs: values.SAFETY_MARGIN,
      projects: values.PROJECTS,
      excludedProjects: values.EXCLUDED_PROJECTS ?? [],
      keepMarker: values.KEEP_MARKER,
    },
    maxRequestsPerSecond: values.MAX_REQUESTS_PER_SECOND,
    sweepIntervalMs: values.SWEEP_INTERVAL,
    maxArchivesPerDay: values.MAX_ARCHIVES_PER_DAY,
    server: { host: values.HOST, port: values.PORT },
    dataFile: resolve(values.DATA_FILE),
  }
}
