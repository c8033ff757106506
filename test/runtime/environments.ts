import { readConfig, type Config, type Environment } from '../../functions/runtime/config.ts'

export const token = 'AQAAAAAB-token-that-nobody-may-see'
export const secret = 'a-secret-of-more-than-32-characters'
export const slackAddress = 'https://hooks.slack.example/services/T0/B0/a-path-that-nobody-may-see'
export const previous = 'an-older-secret-of-over-32-characters'

export const password = 'a-password-of-these-tests'

/** No setting is left out, and none has its default. */
export const everything: Environment = {
  TOLOKA_URL: 'http://127.0.0.1:8090',
  TOLOKA_TOKEN: `OAuth ${token}`,
  TOLOKA_WEBHOOK_SECRET: secret,
  TOLOKA_WEBHOOK_SECRET_PREVIOUS: previous,
  ARCHIVE_MODE: 'archive',
  CLOSE_REASONS: 'NOT_ENOUGH_BALANCE:2d',
  SAFETY_MARGIN: '0',
  MAX_REQUESTS_PER_SECOND: '0.5',
  PROJECTS: '7,8',
  EXCLUDED_PROJECTS: '9',
  KEEP_MARKER: 'do not archive',
  WEBHOOK_TOLERANCE: '5m',
  SWEEP_INTERVAL: '1m',
  MAX_ARCHIVES_PER_DAY: '1',
  HOST: '::1',
  PORT: '0',
  PAGE_PASSWORD: password,
  PAGE_NAMES: 'archiver.example.org',
  DATA_FILE: '/var/lib/archiver.sqlite',
  WEBHOOK_URL: 'https://archiver.example.org/webhooks/toloka',
  SLACK_WEBHOOK_URL: slackAddress,
}

/** The settings in an environment that has a token at least. */
export function read(environment: Environment): Config {
  return readConfig({ TOLOKA_TOKEN: token, ...environment })
}
