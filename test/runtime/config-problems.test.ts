import { describe, expect, test } from '@jest/globals'
import { readConfig, type Environment } from '../../functions/runtime/config.ts'
import { ConfigError, type ConfigProblem } from '../../functions/runtime/config-error.ts'
import { previous, read, secret } from './environments.ts'

describe('Settings', () => {
  test.each([
    ['TOLOKA_URL', 'toloka.dev', /sandbox, or an origin such as/],
    ['TOLOKA_URL', 'http://toloka.dev', /http only to 127\.0\.0\.1/],
    ['TOLOKA_URL', 'http://127.0.0.1.example.org', /http only to/],
    ['TOLOKA_URL', 'ftp://toloka.dev', /http only to/],
    ['TOLOKA_URL', 'https://toloka.dev/api/v1', /no path/],
    ['TOLOKA_URL', 'https://toloka.yandex.com', /switched the yandex domains off/],
    ['TOLOKA_URL', 'https://toloka.yandex.ru/api', /switched the yandex domains off/],
    ['TOLOKA_URL', 'https://sandbox.toloka.yandex.com', /switched the yandex domains off/],
    ['TOLOKA_URL', 'https://sandbox.Toloka.yandex.ru.', /switched the yandex domains off/],
    ['TOLOKA_URL', 'toloka.yandex.com', /switched the yandex domains off/],
    ['ARCHIVE_MODE', 'Archive', /observe or archive/],
    ['CLOSE_REASONS', 'COMPLETED,FOR_UPDATE', /no FOR_UPDATE/],
    ['CLOSE_REASONS', 'FOR_UPDATE:30d', /no FOR_UPDATE/],
    ['CLOSE_REASONS', 'MANUAL:7d,MANUAL', /MANUAL only once/],
    ['CLOSE_REASONS', 'manual', /close reasons with commas/],
    ['CLOSE_REASONS', 'MANUAL:', /close reasons with commas/],
    ['CLOSE_REASONS', 'MANUAL:week', /close reasons with commas/],
    ['CLOSE_REASONS', 'MANUAL,', /close reasons with commas/],
    ['CLOSE_REASONS', '__proto__', /close reasons with commas/],
    ['SAFETY_MARGIN', '-1h', /a duration of 0 or more/],
    ['SAFETY_MARGIN', '1', /a duration of 0 or more, such as 30s, 90m, 36h or 2d/],
    ['MAX_REQUESTS_PER_SECOND', '0', /above 0 and up to 300/],
    ['MAX_REQUESTS_PER_SECOND', '301', /above 0 and up to 300/],
    ['MAX_REQUESTS_PER_SECOND', '1e2', /above 0 and up to 300/],
    ['PROJECTS', '1,two', /project ids, which are digits/],
    ['PROJECTS', '1,,2', /project ids, which are digits/],
    ['EXCLUDED_PROJECTS', '1;2', /project ids, which are digits/],
    ['KEEP_MARKER', '  ', /something to see/],
    ['WEBHOOK_TOLERANCE', '0', /a duration of 1s or more/],
    ['SWEEP_INTERVAL', '59s', /a duration of 1m or more/],
    ['MAX_ARCHIVES_PER_DAY', '0', /a whole number of 1 or more/],
    ['MAX_ARCHIVES_PER_DAY', '1.5', /a whole number of 1 or more/],
    ['HOST', 'http://0.0.0.0', /a host name or address/],
    ['PORT', '65536', /a whole number from 0 to 65535/],
    ['PORT', '-1', /a whole number from 0 to 65535/],
    ['PORT', 'http', /a whole number from 0 to 65535/],
    ['DATA_FILE', ' ', /something to see/],
    ['PAGE_NAMES', 'https://archiver.example.org', /host names without a port/],
    ['PAGE_NAMES', 'archiver.example.org:8787', /host names without a port/],
    ['PAGE_NAMES', '*', /host names without a port/],
    ['WEBHOOK_URL', 'archiver.example.org', /an address such as/],
    ['WEBHOOK_URL', 'http://archiver.example.org', /http only to/],
  ])('%s must not be %j', (name, text, expected) => {
    const problems = readProblems({ TOLOKA_WEBHOOK_SECRET: secret, [name]: text })

    expect(problems).toEqual([
      { name, given: text, problem: 'does not fit', expected: expect.stringMatching(expected) },
    ])
  })

  test.each([
    ['TOLOKA_TOKEN', 'two words'],
    ['TOLOKA_TOKEN', 'Bearer abcdef'],
    ['TOLOKA_TOKEN', 'line\nbreak'],
    ['TOLOKA_WEBHOOK_SECRET', 'too-short-for-a-secret'],
    ['TOLOKA_WEBHOOK_SECRET_PREVIOUS', 'too-short-for-a-secret'],
    ['TOLOKA_TOKEN', 'escape\u001b[2J'],
    ['TOLOKA_WEBHOOK_SECRET', `${secret}\n`],
    ['TOLOKA_WEBHOOK_SECRET', `${secret}\r\nX-Header: smuggled`],
    ['TOLOKA_WEBHOOK_SECRET_PREVIOUS', `\u0000${secret}`],
    ['PAGE_PASSWORD', 'hunter2'],
    ['PAGE_PASSWORD', 'hunter2-hunter2\n'],
    ['TOLOKA_URL', 'https://anna:hunter2@toloka.dev'],
    ['TOLOKA_URL', 'https://toloka.dev?token=hunter2'],
    ['TOLOKA_URL', 'https://toloka.dev/#hunter2'],
    ['WEBHOOK_URL', 'https://anna:hunter2@archiver.example.org/'],
    ['WEBHOOK_URL', 'https://archiver.example.org/#hunter2'],
  ])('%s is refused without being shown', (name, text) => {
    const environment = { TOLOKA_WEBHOOK_SECRET: secret, [name]: text }

    expect(readProblems(environment)).toMatchObject([{ name, given: null }])
    expect(() => read(environment)).toThrow(ConfigError)
    expect(() => read(environment)).not.toThrow(text)
    expect(() => read(environment)).not.toThrow('hunter2')
  })

  test.each([
    'http://169.254.169.254',
    'http://[::ffff:169.254.169.254]',
    'http://[fd00:ec2::254]',
    'http://metadata.google.internal',
    'http://127.0.0.2',
    'http://0.0.0.0',
    'http://localhost.example.org',
    'https://toloka.dev@example.org',
    'http://127.0.0.1:80@169.254.169.254',
    'https://toloka.dev\\@example.org',
    'https://toloka.dev/..//example.org',
    'file:///etc/passwd',
    'data:application/json,{}',
    '//toloka.dev',
  ])('let no request lead elsewhere by TOLOKA_URL = %s', (text) => {
    expect(readProblems({ TOLOKA_URL: text })).toMatchObject([{ name: 'TOLOKA_URL' }])
  })

  test.each([
    'http://hooks.slack.example/services/T0/B0/hidden',
    'https://anna:hidden@hooks.slack.example/',
    'hooks.slack.example/services/T0/B0/hidden',
    'https://hooks.slack.example/a, https://hooks.slack.example/hidden b',
  ])('take no SLACK_WEBHOOK_URL = %s, and do not show it', (text) => {
    expect(readProblems({ SLACK_WEBHOOK_URL: text })).toEqual([
      {
        name: 'SLACK_WEBHOOK_URL',
        given: null,
        problem: 'does not fit',
        expected: expect.stringMatching(/^an address such as https:/),
      },
    ])
  })

  test('must have a token', () => {
    expect(() => readConfig({})).toThrow(
      'TOLOKA_TOKEN is not set: expected the token of a Toloka requester',
    )
  })

  test.each([
    ['PREVIOUS without a current', 'TOLOKA_WEBHOOK_SECRET_PREVIOUS', previous],
    ['an address for webhooks without a secret', 'WEBHOOK_URL', 'https://archiver.example.org'],
  ])('make no sense as %s', (_name, name, text) => {
    expect(readProblems({ [name]: text })).toMatchObject([
      { name, given: null, problem: 'is set alone' },
    ])
  })

  test.each(['0.0.0.0', '::', '192.168.1.7', 'archiver.example.org', '127.example.org'])(
    'must have a password for the status page if others reach it at HOST = %s',
    (host) => {
      expect(readProblems({ HOST: host })).toEqual([
        {
          name: 'PAGE_PASSWORD',
          given: null,
          problem: 'is not set',
          expected: `a password of 12 characters or more, for others reach the status page at HOST=${host}`,
        },
      ])
    },
  )

  test('must not have a project in scope and out of scope', () => {
    expect(() => read({ PROJECTS: '1,2,3', EXCLUDED_PROJECTS: '3, 4,2' })).toThrow(
      'EXCLUDED_PROJECTS names 2, 3, as PROJECTS does: expected each in one of them',
    )
  })

  test.each([
    ['EXCLUDED_PROJECT', 'EXCLUDED_PROJECTS'],
    ['PROJECT', 'PROJECTS'],
    ['KEEP_MAKER', 'KEEP_MARKER'],
    ['SAFTEY_MARGIN', 'SAFETY_MARGIN'],
    ['TOLOKA_TOKENS', 'TOLOKA_TOKEN'],
    ['TOLOKA_PASSWORD', 'one of TOLOKA_URL, TOLOKA_TOKEN, '],
  ])('are not called %s', (name, expected) => {
    const problems = readProblems({ [name]: 'hunter2' })

    expect(problems).toMatchObject([{ name, given: null, problem: 'is not a setting' }])
    expect(problems[0]?.expected).toContain(expected)
  })

  test.each(['PATH', 'HOSTS', 'POST', 'HOME', 'npm_config_projects', 'NODE_ENV', 'AWS_REGION'])(
    'have nothing to do with %s',
    (name) => {
      expect(read({ [name]: 'anything' })).toEqual(read({}))
    },
  )

  test('report all problems at once, one a line', () => {
    const environment = {
      TOLOKA_URL: 'https://toloka.yandex.com',
      TOLOKA_TOKEN: 'not a token',
      TOLOKA_WEBHOOK_SECRET_PREVIOUS: 'short',
      SAFETY_MARGIN: '9 days',
      PORT: '"8787"',
      EXCLUDED_PROJECT: '7',
    }

    expect(() => readConfig(environment)).toThrow(
      new ConfigError([
        ...readProblems({ TOLOKA_URL: 'https://toloka.yandex.com' }),
        ...readProblems({ TOLOKA_TOKEN: 'not a token' }),
        ...readProblems({ TOLOKA_WEBHOOK_SECRET: secret, TOLOKA_WEBHOOK_SECRET_PREVIOUS: 'short' }),
        ...readProblems({ SAFETY_MARGIN: '9 days' }),
        ...readProblems({ PORT: '"8787"' }),
        ...readProblems({ TOLOKA_WEBHOOK_SECRET_PREVIOUS: previous }),
        ...readProblems({ EXCLUDED_PROJECT: '7' }),
      ]),
    )
    expect(() => readConfig(environment)).toThrow(
      '\n  SAFETY_MARGIN = "9 days" does not fit: expected a duration of 0 or more, such as 30s, ' +
        '90m, 36h or 2d\n  PORT = "\\"8787\\"" does not fit: expected a whole number',
    )
  })
})

function readProblems(environment: Environment): readonly ConfigProblem[] {
  try {
    read(environment)
    return []
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
}
