import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { endByUsage, readArguments } from '../support/read-arguments.ts'
import { isTarget, shares } from './shares.ts'

const usage = `Usage: npm run fuzz [-- --cases N] [--seed S] [--only TARGET [--path P]]

Tries what comes from outside with N arbitrary cases, on one core: webhooks, answers of Toloka,
messages, data files, settings and arguments. A failure says how to see its case again.

Targets: ${Object.keys(shares).join(', ')}`

const { cases, seed, only, path, help } = readArguments(usage, {
  cases: { type: 'string', default: '20000' },
  seed: { type: 'string', default: '1' },
  only: { type: 'string' },
  path: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
})

if (help) {
  process.stdout.write(`${usage}\n`)
  process.exit(0)
}
for (const [name, text] of Object.entries({ cases, seed })) {
  if (!/^\d{1,9}$/.test(text)) endByUsage(usage, `--${name} must be a whole number, not ${text}`)
}
if (only !== undefined && !isTarget(only)) endByUsage(usage, `There is no target ${only}`)

const jest = resolve('node_modules/jest/bin/jest.js')
const one = only === undefined ? [] : ['--testNamePattern', `^${only}:`]
const child = spawn(process.execPath, [jest, '--runInBand', '--verbose', 'test/fuzz', ...one], {
  stdio: 'inherit',
  env: {
    ...process.env,
    FUZZ_CASES: cases,
    FUZZ_SEED: seed,
    ...(path === undefined ? {} : { FUZZ_PATH: path }),
  },
})
const [code]: unknown[] = await once(child, 'close')
process.exitCode = code === 0 ? 0 : 1
