import { parseArgs } from 'node:util'
import { disk } from './disk.ts'
import { flood } from './flood.ts'
import { kill } from './kill.ts'
import type { LoadOptions, Report, Scenario } from './scenario.ts'
import { killAll } from '../local/archiver-process.ts'
import { abuse } from './abuse.ts'
import { webhooks } from './webhooks.ts'

const scenarios: Readonly<Record<string, Scenario>> = { webhooks, flood, abuse, kill, disk }

const usage = `Usage: npm run load -- [--only NAME]… [--per-second N] [--seconds N] [--pools N] [--flood N]
                          [--kills N] [--seed S]

Loads and abuses an archiver on this machine, over loopback. Exits with 1 if a promise is broken.

${Object.entries(scenarios)
  .map(([name, { title }]) => `  ${name.padEnd(10)}${title}`)
  .join('\n')}`

const say = (text: string): void => void process.stdout.write(`${text}\n`)

function wholeNumber(name: string, text: string): number {
  if (/^\d{1,9}$/.test(text) && Number(text) > 0) return Number(text)
  process.stderr.write(`--${name} must be a whole number of 1 or more, not ${text}\n`)
  process.exit(2)
}

/** Runs a scenario; true if all its promises were kept. */
async function runScenario(name: string, { title, run }: Scenario, options: LoadOptions) {
  say(`\n${name}: ${title}`)
  let isGood = true
  const report: Report = {
    figure: (figure, value) => say(`  ${figure.padEnd(32)} ${value}`),
    check: (isKept, promise) => {
      isGood &&= isKept
      say(`  ${isKept ? 'PASS' : 'FAIL'}  ${promise}`)
    },
  }
  const startedAt = performance.now()
  await run(report, options).catch((error: unknown) => report.check(false, String(error)))
  say(`  ${((performance.now() - startedAt) / 1_000).toFixed(1)} s`)
  return isGood
}

async function main(): Promise<0 | 1 | 2> {
  const { values } = parseArgs({
    options: {
      only: { type: 'string', multiple: true, default: Object.keys(scenarios) },
      'per-second': { type: 'string', default: '2000' },
      seconds: { type: 'string', default: '30' },
      pools: { type: 'string', default: '500' },
      flood: { type: 'string', default: '100000' },
      kills: { type: 'string', default: '20' },
      seed: { type: 'string', default: '1' },
      help: { type: 'boolean', short: 'h' },
    },
  })
  if (values.help) {
    say(usage)
    return 0
  }
  const options: LoadOptions = {
    perSecond: wholeNumber('per-second', values['per-second']),
    seconds: wholeNumber('seconds', values.seconds),
    pools: wholeNumber('pools', values.pools),
    flood: wholeNumber('flood', values.flood),
    kills: wholeNumber('kills', values.kills),
    seed: wholeNumber('seed', values.seed),
  }
  const failed: string[] = []
  for (const name of values.only) {
    const scenario = scenarios[name]
    if (!scenario) {
      process.stderr.write(`There is no scenario ${name}.\n\n${usage}\n`)
      return 2
    }
    if (!(await runScenario(name, scenario, options))) failed.push(name)
  }
  say(failed.length === 0 ? '\nPASS' : `\nFAIL: ${failed.join(', ')}`)
  return failed.length === 0 ? 0 : 1
}

process.stdout.on('error', () => process.exit(1)) // Whoever read along has gone.
process.on('exit', killAll)
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))
process.exitCode = await main()
