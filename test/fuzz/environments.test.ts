import { ok } from 'node:assert/strict'
import { array, constantFrom, oneof, property, string, tuple, type Arbitrary } from 'fast-check'
import { sweepSettings, wakeUpSettings } from '../../functions/runtime/aws-settings.ts'
import { webhookSettings } from '../../functions/runtime/webhook-settings.ts'
import { ConfigError } from '../../functions/runtime/config-error.ts'
import { readConfig, type Config, type Environment } from '../../functions/runtime/config.ts'
import { readEnvironment } from '../../functions/runtime/read-settings.ts'
import { settings } from '../../functions/runtime/settings.ts'
import { everything } from '../runtime/environments.ts'
import { canaries, expectNoCanary } from './canary.ts'
import { fuzz } from './fuzz.ts'

const { token, secret } = canaries
const right = Object.values(everything).filter((text) => text !== undefined)
const wrong = [
  '',
  ' ',
  '0',
  '-1',
  '1e9',
  '9'.repeat(400),
  '٣h',
  'NaN',
  'true',
  '1h30m',
  'https://',
  'http://toloka.dev',
  'https://toloka.yandex.com',
  'https://toloka.dev/\u0000',
  'FOR_UPDATE',
  '__PROTO__:1d,CONSTRUCTOR',
  ',',
  '7,,8',
  '::',
  '\u0000',
  '\ud800',
  'x'.repeat(10_000),
]
const holdingSecrets = [token, `ApiKey ${token}`, `${token}\n`, `OAuth\u00a0${token}`]
const someValue = oneof(
  constantFrom(...right),
  constantFrom(...wrong),
  string({ unit: 'binary', maxLength: 20 }),
)
const names = Object.keys(settings.shape)
const mistyped = [
  'TOLOKA_TOKN',
  'EXCLUDED_PROJECT',
  'TOLOKA_SECRET',
  'PORTS',
  '__proto__',
  'toString',
]

/** Settings, right or wrong; secrets where secrets belong. */
const somePair: Arbitrary<readonly [string, string]> = oneof(
  { weight: 6, arbitrary: tuple(constantFrom(...names), someValue) },
  { weight: 2, arbitrary: tuple(constantFrom(...names), constantFrom(...right)) },
  { weight: 1, arbitrary: tuple(constantFrom(...mistyped), constantFrom<string>(secret, '1')) },
  {
    weight: 1,
    arbitrary: constantFrom(...holdingSecrets).map((text) => ['TOLOKA_TOKEN', text] as const),
  },
  {
    weight: 1,
    arbitrary: tuple(
      constantFrom('TOLOKA_URL', 'WEBHOOK_URL'),
      constantFrom(
        `https://me:${encodeURIComponent(token)}@toloka.dev`,
        `https://a.b/?key=${encodeURIComponent(secret)}`,
      ),
    ),
  },
)
const someEnvironment = array(somePair, { maxLength: 8 }).map((pairs): Environment =>
  Object.fromEntries(pairs),
)

/** The settings, or the names of those that do not fit. */
function attempt<Value>(read: () => Value): Value | ReadonlySet<string> {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    expectNoCanary(error, error.problems)
    ok(error.problems.length > 0)
    for (const { name } of error.problems) ok(error.message.includes(name))
    return new Set(error.problems.map(({ name }) => name))
  }
}

const enough = { TOLOKA_TOKEN: token, TOLOKA_WEBHOOK_SECRET: secret }
const counts = { right: 0, wrong: 0 }

function judge({ token: read, webhook, archiver, server }: Config): void {
  ok(/^[\x21-\x7e ]+$/.test(read))
  for (const one of webhook.secrets) ok(one.length >= 32)
  ok(webhook.toleranceMs >= 1_000)
  ok(/^https:\/\/|^http:\/\/(127\.0\.0\.1|localhost|\[::1\])/.test(archiver.origin))
  ok(archiver.policy.safetyMarginMs >= 0 && Number.isFinite(archiver.policy.safetyMarginMs))
  for (const graceMs of Object.values(archiver.policy.graceMsByCloseReason)) {
    ok(graceMs >= 0 && Number.isFinite(graceMs))
  }
  ok(!Object.hasOwn(archiver.policy.graceMsByCloseReason, 'FOR_UPDATE'))
  ok(archiver.policy.keepMarker.trim() !== '')
  ok(archiver.maxRequestsPerSecond > 0 && archiver.maxRequestsPerSecond <= 300)
  ok(archiver.maxArchivesPerDay >= 1 && archiver.sweepIntervalMs >= 60_000)
  ok(server.port >= 0 && server.port <= 65_535)
}

fuzz(
  'environments',
  () =>
    property(someEnvironment, (environment) => {
      const outcome = attempt(() => readConfig(environment))
      counts['token' in outcome ? 'right' : 'wrong'] += 1
      if ('token' in outcome) {
        judge(outcome)
        return
      }
      // What is wrong by itself is wrong in company, and then named as well.
      for (const [name, text] of Object.entries(environment)) {
        const alone = attempt(() => readConfig({ ...enough, [name]: text }))
        if (!('token' in alone) && alone.has(name)) ok(outcome.has(name), name)
      }
    }),
  () => {
    ok(counts.right > 10)
    ok(counts.wrong > 100)
  },
)

const shapes = { webhookSettings, wakeUpSettings, sweepSettings }
const someFunctionPair = oneof(
  somePair,
  tuple(
    constantFrom(...Object.values(shapes).flatMap(({ shape }) => Object.keys(shape))),
    oneof(
      someValue,
      constantFrom('arn:aws:secretsmanager:eu-central-1:123456789012:secret:a-b', '15m', '2'),
    ),
  ),
)

fuzz('settings of the functions', () =>
  property(
    constantFrom(webhookSettings, wakeUpSettings, sweepSettings),
    array(someFunctionPair, { maxLength: 20 }),
    (schema, pairs) => {
      attempt(() => readEnvironment(schema, Object.fromEntries(pairs)))
    },
  ),
)
