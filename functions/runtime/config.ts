import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import * as z from 'zod/mini'
import type { Settings } from '../application/dependencies.ts'
import { findScopeContradictions, toArchiverSettings } from './archiver-settings.ts'
import type { ConfigProblem } from './config-error.ts'
import { processEnvironment } from './process-environment.ts'
import { readEnvironment, readSettings, type Environment } from './read-settings.ts'
import { optional, Unfit } from './setting.ts'
import { isLoopback, parseHost, parseToken } from './setting-values.ts'
import { settings } from './settings.ts'

export type { Environment } from './read-settings.ts'

/** What an archiver on one machine runs by. */
export interface Config extends ConsoleConfig {
  readonly token: string
}

/** What the command line works by: the same settings, and perhaps no token. */
export interface ConsoleConfig {
  readonly token: string | null
  readonly webhook: {
    /** The newest first; empty: the webhook is off. */
    readonly secrets: readonly string[]
    readonly toleranceMs: number
    /** Where Toloka reaches us, for subscriptions; null if it is not said. */
    readonly publicUrl: string | null
  }
  readonly archiver: Settings
  /** Where people read notices; null if nobody does. */
  readonly slackAddress: string | null
  readonly server: { readonly host: string; readonly port: number }
  /** Who may use the status page. */
  readonly page: {
    readonly password: string | null
    /** Names by which it may be asked for, beside that of this machine and of the server. */
    readonly names: readonly string[]
  }
  /** An absolute path. */
  readonly dataFile: string
}

/**
 * Adds to the environment of this process what a file named `.env` in the working directory says,
 * if there is one; what is set already stays.
 */
export function loadEnvironmentFile(): void {
  if (existsSync('.env')) process.loadEnvFile('.env')
}

/**
 * The settings of this process, as an archiver on one machine.
 *
 * @throws ConfigError
 */
export function loadConfig(): Config {
  return readConfig(processEnvironment())
}

/**
 * The settings in an environment. An empty text counts as not set.
 *
 * @throws ConfigError with every problem there is.
 */
export function readConfig(environment: Environment): Config {
  const values = readEnvironment(settings, environment, findContradictions)
  return { ...toConfig(values), token: values.TOLOKA_TOKEN }
}

const consoleSettings = z.extend(settings, {
  TOLOKA_TOKEN: optional(parseToken, { secret: true }),
})

/**
 * The settings in an environment, for a command line beside the archiver.
 *
 * @throws ConfigError with every problem there is.
 */
export function readConsoleConfig(environment: Environment): ConsoleConfig {
  const values = readEnvironment(consoleSettings, environment, findContradictions)
  return { ...toConfig(values), token: values.TOLOKA_TOKEN }
}

const stageSettings = z.pick(consoleSettings, { TOLOKA_TOKEN: true })

/**
 * The token that an operator of a deployed stack brings along; null: the stack's own is to be used.
 * Nothing else in the environment is about a stack, so nothing else is read.
 *
 * @throws ConfigError
 */
export function readStageToken({ TOLOKA_TOKEN }: Environment): string | null {
  return readSettings(stageSettings, { TOLOKA_TOKEN }, () => []).TOLOKA_TOKEN
}

function toConfig(values: Omit<z.output<typeof settings>, 'TOLOKA_TOKEN'>): Omit<Config, 'token'> {
  const secrets = [values.TOLOKA_WEBHOOK_SECRET, values.TOLOKA_WEBHOOK_SECRET_PREVIOUS]
  return {
    webhook: {
      secrets: secrets.filter((secret) => secret !== null),
      toleranceMs: values.WEBHOOK_TOLERANCE,
      publicUrl: values.WEBHOOK_URL,
    },
    archiver: toArchiverSettings(values),
    slackAddress: values.SLACK_WEBHOOK_URL,
    server: { host: values.HOST, port: values.PORT },
    page: { password: values.PAGE_PASSWORD, names: values.PAGE_NAMES ?? [] },
    dataFile: resolve(values.DATA_FILE),
  }
}

function findContradictions(given: Environment): readonly ConfigProblem[] {
  return [
    ...findWebhookContradictions(given),
    ...findOpenDoors(given),
    ...findScopeContradictions(given),
  ]
}

/** Whoever uses the page can have a pool archived, by releasing it for example. */
function findOpenDoors({ HOST, PAGE_PASSWORD }: Environment): readonly ConfigProblem[] {
  if (HOST === undefined || isLoopback(HOST) || PAGE_PASSWORD !== undefined) return []
  if (parseHost(HOST) instanceof Unfit) return []
  const expected = `a password of 12 characters or more, for others reach the status page at HOST=${HOST}`
  return [{ name: 'PAGE_PASSWORD', given: null, problem: 'is not set', expected }]
}

function findWebhookContradictions(given: Environment): readonly ConfigProblem[] {
  const { TOLOKA_WEBHOOK_SECRET, TOLOKA_WEBHOOK_SECRET_PREVIOUS, WEBHOOK_URL } = given
  if (TOLOKA_WEBHOOK_SECRET !== undefined) return []
  const alone = { given: null, problem: 'is set alone' }
  const expected = 'TOLOKA_WEBHOOK_SECRET as well'
  const problems: ConfigProblem[] = []
  if (TOLOKA_WEBHOOK_SECRET_PREVIOUS !== undefined) {
    problems.push({ ...alone, name: 'TOLOKA_WEBHOOK_SECRET_PREVIOUS', expected })
  }
  if (WEBHOOK_URL !== undefined) {
    const why = `${expected}, or Toloka cannot sign`
    problems.push({ ...alone, name: 'WEBHOOK_URL', expected: why })
  }
  return problems
}
