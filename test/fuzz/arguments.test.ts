import { match, ok, strictEqual } from 'node:assert/strict'
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals'
import { array, asyncProperty, constantFrom, oneof, string } from 'fast-check'
import { start } from '../../functions/local/start.ts'
import { startProgram } from '../local/archiver-process.ts'
import { parseArguments } from '../support/read-arguments.ts'
import { canaries, expectNoCanary } from './canary.ts'
import { fuzz } from './fuzz.ts'

const options = {
  port: { type: 'string', default: '8090' },
  host: { type: 'string', default: '127.0.0.1' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const

const someArgument = oneof(
  constantFrom('--port', '--port=0', '8090', '--host', '::1', '--json', '--help', '-h', '-hh'),
  constantFrom('--', '-', '', '--=', '--no-json', '--json=yes', '--__proto__=x', '--PORT', '-p1'),
  string({ unit: 'binary', maxLength: 12 }),
)
const counts = { right: 0, wrong: 0 }
let complaints = ''

beforeEach(() => {
  complaints = ''
  jest.spyOn(process.stderr, 'write').mockImplementation((text) => {
    complaints += String(text)
    return true
  })
})

afterEach(() => {
  jest.restoreAllMocks()
})

fuzz(
  'arguments',
  () =>
    asyncProperty(array(someArgument, { minLength: 1, maxLength: 5 }), async (args) => {
      const parsed = parseArguments(options, args)
      counts['values' in parsed ? 'right' : 'wrong'] += 1
      if ('problem' in parsed) ok(parsed.problem !== '')
      else strictEqual(typeof parsed.values.port, 'string')
      complaints = ''
      strictEqual(await start(args), 2)
      match(complaints, /^Usage: /)
    }),
  () => {
    ok(counts.right > 20)
    ok(counts.wrong > 20)
  },
)

test.each([
  ['functions/local/main.ts', ['--archive-mode=observe']],
  ['functions/local/main.ts', ['--help']],
  ['test/fake-toloka/main.ts', ['--prot', '8090']],
  ['test/fake-toloka/main.ts', ['--port', '65536']],
  ['test/fake-toloka/main.ts', ['--port=']],
  ['test/demo/main.ts', ['--jsno']],
  ['test/demo/main.ts', ['\u001b[2J']],
])('%s with %j ends with 2 and says how it is used', async (script, args) => {
  const { token, secret } = canaries
  const environment = { TOLOKA_TOKEN: token, TOLOKA_WEBHOOK_SECRET: secret }
  const program = startProgram(script, args, environment)

  expect(await program.ended).toBe(2)
  expect(program.complaints()).toMatch(/^Usage: npm/m)
  expectNoCanary(program.complaints(), program.lines)
})
