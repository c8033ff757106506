import { endByUsage, readArguments } from '../support/read-arguments.ts'
import type { Benchmark } from './benchmark.ts'
import { coldStart } from './cold-start/cold-start.ts'
import { cost } from './cost/cost.ts'
import { reportAsTable } from './report.ts'
import { requests } from './requests.ts'
import { server } from './server/server.ts'
import { startUp } from './data-file/start-up.ts'
import { sweep } from './sweep/sweep.ts'
import { verification } from './verification.ts'
import { wakeUps } from './data-file/wake-ups.ts'

const benchmarks: Readonly<Record<string, Benchmark>> = {
  requests,
  verification,
  server,
  'wake-ups': wakeUps,
  'start-up': startUp,
  sweep,
  'cold-start': coldStart,
  cost,
}

const usage = `Usage: npm run bench -- [--only NAME]… [--json]

Measures the archiver beside what people would use instead, in the same run. Counted figures are
asserted by tests; timed ones want an idle machine.

${Object.entries(benchmarks)
  .map(([name, { title }]) => `  ${name.padEnd(14)}${title}`)
  .join('\n')}`

const { only, json, help } = readArguments(usage, {
  only: { type: 'string', multiple: true },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
})
if (help) {
  process.stdout.write(`${usage}\n`)
} else {
  const names = only ?? Object.keys(benchmarks)
  const unknown = names.find((name) => !Object.hasOwn(benchmarks, name))
  if (unknown !== undefined) endByUsage(usage, `There is no benchmark ${unknown}.`)
  const results = []
  for (const name of names) {
    const benchmark = benchmarks[name]
    if (benchmark) results.push({ name, title: benchmark.title, figures: await benchmark.run() })
  }
  process.stdout.write(`${json ? JSON.stringify(results, null, 2) : reportAsTable(results)}\n`)
}
