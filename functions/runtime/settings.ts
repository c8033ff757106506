import * as z from 'zod/mini'
import { optional, required, withDefault } from './setting.ts'
import {
  durationOfAtLeast,
  oneOf,
  parseCloseReasons,
  parseHost,
  parseHostNames,
  parseOrigin,
  parsePassword,
  parseProjects,
  parseSlackAddress,
  parseToken,
  parseVisibleText,
  parseWebAddress,
  parseWebhookSecret,
  rateUpTo,
  tokenExpected,
  wholeNumber,
} from './setting-values.ts'
import { webhookTolerance } from './webhook-tolerance.ts'

/** Toloka's own limit: https://toloka.ai/docs/api/limits/ */
const tolokaRequestsPerSecond = 300

/** Every setting: its name, its default, and how it is read. docs/configuration.md says the rest. */
export const settings = z.object({
  TOLOKA_URL: withDefault('https://toloka.dev', parseOrigin),
  TOLOKA_TOKEN: required(tokenExpected, parseToken, { secret: true }),
  TOLOKA_WEBHOOK_SECRET: optional(parseWebhookSecret, { secret: true }),
  TOLOKA_WEBHOOK_SECRET_PREVIOUS: optional(parseWebhookSecret, { secret: true }),
  ARCHIVE_MODE: withDefault('observe', oneOf('observe', 'archive')),
  CLOSE_REASONS: withDefault('COMPLETED,MANUAL:7d,EXPIRED:7d', parseCloseReasons),
  SAFETY_MARGIN: withDefault('1h', durationOfAtLeast('0')),
  MAX_REQUESTS_PER_SECOND: withDefault('20', rateUpTo(tolokaRequestsPerSecond)),
  PROJECTS: optional(parseProjects),
  EXCLUDED_PROJECTS: optional(parseProjects),
  KEEP_MARKER: withDefault('[keep]', parseVisibleText),
  WEBHOOK_TOLERANCE: webhookTolerance,
  SWEEP_INTERVAL: withDefault('1h', durationOfAtLeast('1m')),
  MAX_ARCHIVES_PER_DAY: withDefault('1000', wholeNumber(1, null)),
  HOST: withDefault('127.0.0.1', parseHost),
  PORT: withDefault('8787', wholeNumber(0, 65_535)),
  PAGE_PASSWORD: optional(parsePassword, { secret: true }),
  PAGE_NAMES: optional(parseHostNames),
  DATA_FILE: withDefault('data/archiver.sqlite', parseVisibleText),
  WEBHOOK_URL: optional(parseWebAddress),
  SLACK_WEBHOOK_URL: optional(parseSlackAddress, { secret: true }),
})
