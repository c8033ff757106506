import { describe, expect, test } from '@jest/globals'
import { readInvocation } from './invocation.ts'
import { describePlan } from './plan.ts'

const token = 'AbCdEfGhIjKlMnOpQrStUv.secret.token'
const sandbox = { TOLOKA_TOKEN: token }

describe('The probe kit refuses', () => {
  test.each([
    ['https://toloka.dev'],
    ['https://toloka.dev/'],
    ['https://TOLOKA.dev'],
    ['https://toloka.yandex.com'],
    ['https://sandbox.toloka.yandex.com'],
    ['https://sandbox.toloka.dev.example.com'],
    ['https://user@sandbox.toloka.dev'],
    ['https://sandbox.toloka.dev:8443'],
    ['http://sandbox.toloka.dev'],
    ['https://127.0.0.1:8090'],
    ['http://192.168.0.1:8090'],
    ['http://127.0.0.1.example.com'],
    ['http://127.0.0.1:8090/api'],
    ['production'],
    [''],
  ])('to ask %j', (url) => {
    expect(readInvocation(['--yes'], { ...sandbox, TOLOKA_URL: url })).toEqual({
      problem: expect.stringMatching(/^TOLOKA_URL must be sandbox,.* never touches production\.$/),
    })
  })

  test.each([
    [['--only', 'draft,nothing'], '--only: there is no probe nothing.'],
    [['--wait', 'soon'], '--wait must be a duration such as 30m, not soon.'],
    [['--foreign-pool', '../1'], '--foreign-pool must be the id of a pool: digits only.'],
    [['--webhook-url', 'http://example.com'], /^--webhook-url must be an address such as/],
    [['--webhook-url', 'https://example.com', '--webhook-port', '0'], /^--webhook-port must be/],
    [['--webhook-port', '8080'], '--webhook-port makes sense only with --webhook-url.'],
    [['--colour'], /--colour/],
    [['production'], /production/],
  ])('arguments that make no sense: %j', (args, problem) => {
    const asked = expect.stringMatching(problem instanceof RegExp ? problem : /./)
    expect(readInvocation(args, sandbox)).toEqual({
      problem: typeof problem === 'string' ? problem : asked,
    })
  })

  test.each([[undefined], [''], ['with a space'], ['line\nbreak']])(
    'to start without a usable token: %j',
    (wrong) => {
      const read = readInvocation(['--yes'], { TOLOKA_TOKEN: wrong })
      expect(read).toEqual({ problem: expect.stringMatching(/^TOLOKA_TOKEN/) })
      expect(JSON.stringify(read)).not.toContain(wrong || 'never')
    },
  )
})

test('The sandbox is asked unless a fake on this machine is named', () => {
  const read = (url?: string) =>
    readInvocation(['--yes'], { ...sandbox, ...(url !== undefined && { TOLOKA_URL: url }) })
  const expected = { origin: 'https://sandbox.toloka.dev', isSandbox: true, token }
  expect(read()).toMatchObject(expected)
  expect(read('sandbox')).toMatchObject(expected)
  expect(read('https://sandbox.toloka.dev')).toMatchObject(expected)
  expect(read('http://127.0.0.1:8090')).toMatchObject({
    origin: 'http://127.0.0.1:8090',
    isSandbox: false,
  })
})

test('The plan says what each probe would do, what it lacks, and shows no token', () => {
  const plan = (...args: string[]): string => {
    const read = readInvocation(args, sandbox)
    return 'problem' in read ? read.problem : describePlan(read)
  }
  expect(plan()).toContain('open-pool           makes a pool, opens it, asks to archive it')
  expect(plan().match(/left out without --\S+\)/g)).toHaveLength(5)
  const everything = ['--wait', '1h', '--foreign-pool', '1', '--burst']
  expect(plan(...everything, '--webhook-url', 'https://example.com/probe')).not.toContain(
    'left out',
  )
  expect(plan('--only', 'draft')).not.toContain('open-pool')
  expect(plan()).not.toContain('secret')
})
