import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import * as z from 'zod/mini'
import { readArguments } from '../support/read-arguments.ts'
import type { PlantedBug } from './planted-bug.ts'
import { plantedInApplication } from './planted-in-application.ts'
import { plantedInDomain } from './planted-in-domain.ts'

const usage = `Usage: npm run plant -- [--pools N] [--name TEXT] [--sample N]

Plants one small bug after the other into a copy of the product, and lets the simulation look for
it. Exits with 1 if one is not found within N lives. A sample is spread over all of them.`

const outcome = z.object({
  lives: z.number(),
  failure: z.nullable(
    z.object({ world: z.number(), breaches: z.array(z.object({ invariant: z.string() })) }),
  ),
})

/** A copy of the product with a bug in it. */
function plant({ file, code, instead }: PlantedBug): string {
  const folder = resolve('build/planted')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  for (const name of ['functions', 'test', 'package.json']) {
    cpSync(name, join(folder, name), { recursive: true })
  }
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'))
  const parts = readFileSync(file, 'utf8').split(code)
  if (parts.length !== 2) throw new Error(`${file} has not one place that reads: ${code}`)
  writeFileSync(join(folder, file), parts.join(instead))
  return folder
}

/** Gives what the simulation says of a copy. */
function simulateIn(folder: string, pools: string) {
  const words = ['test/simulation/main.ts', '--pools', pools, '--json']
  // East of Greenwich: a date that is read in this time zone is early.
  const env = { ...process.env, TZ: 'Asia/Tokyo' }
  const { stdout, stderr } = spawnSync(process.execPath, words, {
    cwd: folder,
    encoding: 'utf8',
    env,
  })
  if (stdout === '') throw new Error(stderr)
  return z.parse(outcome, JSON.parse(stdout))
}

function run(): 0 | 1 {
  const values = readArguments(usage, {
    pools: { type: 'string', default: '100000' },
    name: { type: 'string', default: '' },
    sample: { type: 'string', default: 'Infinity' },
    help: { type: 'boolean', short: 'h' },
  })
  if (values.help) {
    process.stdout.write(`${usage}\n`)
    return 0
  }
  const say = (...cells: readonly (string | number)[]): void =>
    void process.stdout.write(`| ${cells.join(' | ')} |\n`)
  say('Planted bug', 'Found by', 'After lives')
  say('---', '---', '---:')
  let missed = 0
  const all = [...plantedInDomain, ...plantedInApplication]
  const wanted = all.filter(({ name }) => name.includes(values.name))
  const step = Math.max(1, Math.floor(wanted.length / Number(values.sample)))
  const sample = wanted.filter((_, index) => index % step === 0).slice(0, Number(values.sample))
  for (const bug of sample) {
    const { lives, failure } = simulateIn(plant(bug), values.pools)
    if (failure === null) missed += 1
    say(bug.name, failure?.breaches[0]?.invariant ?? '**not found**', lives)
  }
  return missed === 0 ? 0 : 1
}

process.exitCode = run()
