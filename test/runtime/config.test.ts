import { resolve } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { dayMs, hourMs, minuteMs } from '../../functions/domain/instant.ts'
import { loadConfig, readConfig, type Config } from '../../functions/runtime/config.ts'
import {
  everything,
  password,
  previous,
  read,
  secret,
  slackAddress,
  token,
} from './environments.ts'

describe('The settings', () => {
  test('have defaults for all but the token', () => {
    expect(read({})).toEqual({
      token,
      webhook: { secrets: [], toleranceMs: dayMs, publicUrl: null },
      archiver: {
        origin: 'https://toloka.dev',
        observing: true,
        policy: {
          graceMsByCloseReason: { COMPLETED: 0, MANUAL: 7 * dayMs, EXPIRED: 7 * dayMs },
          safetyMarginMs: hourMs,
          projects: null,
          excludedProjects: [],
          keepMarker: '[keep]',
        },
        maxRequestsPerSecond: 20,
        sweepIntervalMs: hourMs,
        maxArchivesPerDay: 1_000,
      },
      slackAddress: null,
      server: { host: '127.0.0.1', port: 8_787 },
      page: { password: null, names: [] },
      dataFile: resolve('data/archiver.sqlite'),
    })
  })

  test('that are empty count as not set', () => {
    const empty = Object.fromEntries(Object.keys(everything).map((name) => [name, '']))

    expect(readConfig({ ...empty, TOLOKA_TOKEN: token })).toEqual(read({}))
  })

  test('can all be given', () => {
    expect(readConfig(everything)).toEqual({
      token: `OAuth ${token}`,
      webhook: {
        secrets: [secret, previous],
        toleranceMs: 5 * minuteMs,
        publicUrl: 'https://archiver.example.org/webhooks/toloka',
      },
      archiver: {
        origin: 'http://127.0.0.1:8090',
        observing: false,
        policy: {
          graceMsByCloseReason: { NOT_ENOUGH_BALANCE: 2 * dayMs },
          safetyMarginMs: 0,
          projects: ['7', '8'],
          excludedProjects: ['9'],
          keepMarker: 'do not archive',
        },
        maxRequestsPerSecond: 0.5,
        sweepIntervalMs: minuteMs,
        maxArchivesPerDay: 1,
      },
      slackAddress,
      server: { host: '::1', port: 0 },
      page: { password, names: ['archiver.example.org'] },
      dataFile: '/var/lib/archiver.sqlite',
    })
  })

  test('let others reach the status page if it has a password', () => {
    const { server, page } = read({ HOST: '0.0.0.0', PAGE_PASSWORD: password })

    expect([server.host, page.password]).toEqual(['0.0.0.0', password])
  })

  test('of this process are read from its environment', () => {
    const before = process.env['TOLOKA_TOKEN']
    process.env['TOLOKA_TOKEN'] = token

    expect(loadConfig().token).toBe(token)

    if (before === undefined) delete process.env['TOLOKA_TOKEN']
    else process.env['TOLOKA_TOKEN'] = before
  })

  test.each<[name: string, text: string, (config: Config) => unknown, unknown]>([
    ['TOLOKA_URL', 'sandbox', ({ archiver }) => archiver.origin, 'https://sandbox.toloka.dev'],
    ['TOLOKA_URL', 'https://toloka.dev/', ({ archiver }) => archiver.origin, 'https://toloka.dev'],
    ['TOLOKA_URL', 'http://[::1]:1', ({ archiver }) => archiver.origin, 'http://[::1]:1'],
    ['TOLOKA_URL', 'http://localhost:1', ({ archiver }) => archiver.origin, 'http://localhost:1'],
    ['TOLOKA_URL', 'https://proxy.local', ({ archiver }) => archiver.origin, 'https://proxy.local'],
    ['PROJECTS', ' 1 , 2,1', ({ archiver }) => archiver.policy.projects, ['1', '2']],
    [
      'CLOSE_REASONS',
      'MANUAL:0',
      ({ archiver }) => archiver.policy.graceMsByCloseReason,
      { MANUAL: 0 },
    ],
    ['PORT', '65535', ({ server }) => server.port, 65_535],
    ['HOST', '127.0.0.2', ({ server }) => server.host, '127.0.0.2'],
    ['HOST', 'LocalHost', ({ server }) => server.host, 'LocalHost'],
    ['PAGE_NAMES', 'a.org, B.org,a.org', ({ page }) => page.names, ['a.org', 'b.org']],
    ['PAGE_PASSWORD', 'x'.repeat(12), ({ page }) => page.password, 'x'.repeat(12)],
    ['MAX_REQUESTS_PER_SECOND', '300', ({ archiver }) => archiver.maxRequestsPerSecond, 300],
    ['TOLOKA_WEBHOOK_SECRET', 'x'.repeat(32), ({ webhook }) => webhook.secrets, ['x'.repeat(32)]],
  ])('%s may be %j', (name, text, pick, value) => {
    expect(pick(read({ [name]: text }))).toEqual(value)
  })
})
