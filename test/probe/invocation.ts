import { parseToken } from '../../functions/adapters/toloka/token.ts'
import { parseDuration } from '../../functions/runtime/duration.ts'
import { parseOrigin, parseWebAddress } from '../../functions/runtime/setting-values.ts'
import { Unfit } from '../../functions/runtime/setting.ts'
import { parseArguments } from '../support/read-arguments.ts'
import { catalogue } from './catalogue.ts'
import type { Probe } from './probe.ts'

export const usage = `Usage: TOLOKA_TOKEN=… npm run probe [-- --yes] [--only PROBE,…] [--wait DURATION] [--json]
                               [--report FILE] [--foreign-pool ID] [--burst]
                               [--webhook-url URL [--webhook-port PORT]]

Asks a sandbox account of Toloka what Toloka's documents leave open, with a project and pools of its
own, and archives them at the end. Without --yes it only says what it would do.

TOLOKA_URL must be \`sandbox\`, the default, or a fake Toloka on this machine; never production.
TOLOKA_TOKEN is the token of the sandbox account.

--wait 30m          waits so long for you to do tasks as a Toloker, wherever it asks you to
--foreign-pool ID   a pool of another account; it is only read
--burst             uses up the quota of new pools, to see a 429
--webhook-url URL   a public address that leads to PORT (8788) of this machine

Probes: ${catalogue.map(({ name }) => name).join(', ')}`

const options = {
  yes: { type: 'boolean' },
  only: { type: 'string' },
  wait: { type: 'string' },
  json: { type: 'boolean' },
  report: { type: 'string' },
  'foreign-pool': { type: 'string' },
  burst: { type: 'boolean' },
  'webhook-url': { type: 'string' },
  'webhook-port': { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const

/** A run that makes sense. */
export interface Invocation {
  readonly help: boolean
  /** False: only say what would be done. */
  readonly yes: boolean
  readonly origin: string
  readonly isSandbox: boolean
  /** Null where none was given, which only a run without `yes` allows. */
  readonly token: string | null
  readonly probes: readonly Probe[]
  /** Null if nobody is there to do tasks. */
  readonly waitMs: number | null
  readonly json: boolean
  readonly reportFile: string | null
  readonly foreignPool: string | null
  readonly burst: boolean
  readonly webhook: { readonly url: string; readonly port: number } | null
}

const sandbox = 'https://sandbox.toloka.dev'
const defaultWebhookPort = 8788

/** Reads arguments and environment, or says in a sentence what is wrong with them. */
export function readInvocation(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Invocation | { readonly problem: string } {
  const parsed = parseArguments(options, args)
  if ('problem' in parsed) return parsed
  const { values } = parsed
  try {
    const yes = values.yes === true
    const origin = readOrigin(environment['TOLOKA_URL'] ?? 'sandbox')
    return {
      help: values.help === true,
      yes,
      origin,
      isSandbox: origin === sandbox,
      token: readTokenOf(environment['TOLOKA_TOKEN'], yes),
      probes: readProbes(values.only),
      waitMs: values.wait === undefined ? null : readWait(values.wait),
      json: values.json === true,
      reportFile: values.report ?? null,
      foreignPool: readForeignPool(values['foreign-pool']),
      burst: values.burst === true,
      webhook: readWebhook(values['webhook-url'], values['webhook-port']),
    }
  } catch (error) {
    if (error instanceof Unusable) return { problem: error.message }
    throw error
  }
}

class Unusable extends Error {}

function readOrigin(text: string): string {
  const origin = parseOrigin(text)
  const isFit =
    origin === sandbox || (typeof origin === 'string' && new URL(origin).protocol === 'http:')
  if (typeof origin === 'string' && isFit) return origin
  throw new Unusable(
    'TOLOKA_URL must be sandbox, or a fake Toloka on this machine such as http://127.0.0.1:8090: the probe kit makes and archives pools, and never touches production.',
  )
}

function readTokenOf(text: string | undefined, isNeeded: boolean): string | null {
  if (text === undefined || text === '') {
    if (!isNeeded) return null
    throw new Unusable('TOLOKA_TOKEN must be the token of the sandbox account.')
  }
  try {
    parseToken(text)
  } catch {
    throw new Unusable('TOLOKA_TOKEN has characters that no token has.')
  }
  return text
}

function readProbes(only: string | undefined): readonly Probe[] {
  if (only === undefined) return catalogue
  const names = new Set(only.split(','))
  for (const name of names) {
    if (catalogue.some((probe) => probe.name === name)) continue
    throw new Unusable(`--only: there is no probe ${name}.`)
  }
  return catalogue.filter(({ name }) => names.has(name))
}

function readWait(text: string): number {
  const waitMs = parseDuration(text)
  if (waitMs !== null) return waitMs
  throw new Unusable(`--wait must be a duration such as 30m, not ${text}.`)
}

function readForeignPool(id: string | undefined): string | null {
  if (id === undefined || /^\d{1,15}$/.test(id)) return id ?? null
  throw new Unusable('--foreign-pool must be the id of a pool: digits only.')
}

function readWebhook(url: string | undefined, port: string | undefined): Invocation['webhook'] {
  if (url === undefined) {
    if (port === undefined) return null
    throw new Unusable('--webhook-port makes sense only with --webhook-url.')
  }
  const address = parseWebAddress(url)
  if (address instanceof Unfit) {
    throw new Unusable(`--webhook-url must be ${address.expected}.`)
  }
  const number = Number(port ?? defaultWebhookPort)
  if (Number.isInteger(number) && number > 0 && number <= 65_535) {
    return { url: address, port: number }
  }
  throw new Unusable(`--webhook-port must be a number from 1 to 65535, not ${port ?? ''}.`)
}
