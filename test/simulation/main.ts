import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { Census } from './census.ts'
import type { Breach } from './checker.ts'
import { simulateInParallel } from './simulate-in-parallel.ts'
import { SimulatedWorld } from './world.ts'

const usage = `Usage: npm run simulate -- [--pools N] [--seed S] [--workers N] [--json]
       npm run simulate -- --world W

Lets pools live by the unmodified use cases in worlds where everything goes wrong: processes die,
answers and messages get lost, clocks differ, people and Toloka interfere. Each world comes out of
one seed. Exits with 1 at the first broken promise, with the command that shows that world again.`

const say = (text: string): void => void process.stdout.write(`${text}\n`)

/** The number in an option; ends the program if there is none, or if it is too low. */
function wholeNumber(name: string, text: string, lowest: number): number {
  const number = /^\d{1,10}$/.test(text) ? Number(text) : -1
  if (number >= lowest) return number
  process.stderr.write(`--${name} must be a whole number of ${lowest} or more, not ${text}\n`)
  process.exit(2)
}

function sayBreaches(breaches: readonly Breach[]): void {
  for (const { invariant, poolId, what } of breaches) {
    say(`BROKEN: ${invariant}: ${poolId}: ${what}`)
  }
}

async function replay(seed: number): Promise<0 | 1> {
  const { log, breaches } = await new SimulatedWorld(seed, new Census(), { isLogged: true }).run()
  for (const line of log) say(line)
  sayBreaches(breaches)
  return breaches.length === 0 ? 0 : 1
}

async function run(): Promise<0 | 1> {
  const { values } = parseArgs({
    options: {
      pools: { type: 'string', default: '10000' },
      seed: { type: 'string', default: '1' },
      world: { type: 'string' },
      workers: { type: 'string', default: String(availableParallelism()) },
      json: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  })
  if (values.help) {
    say(usage)
    return 0
  }
  if (values.world !== undefined) return replay(wholeNumber('world', values.world, 0))
  const seed = wholeNumber('seed', values.seed, 0)
  const startedAt = performance.now()
  const { census, lives, archived, failure } = await simulateInParallel(
    wholeNumber('pools', values.pools, 1),
    seed,
    wholeNumber('workers', values.workers, 1),
  )
  if (values.json) {
    say(JSON.stringify({ lives, archived, seed, failure }))
    return failure === null ? 0 : 1
  }
  const seconds = (performance.now() - startedAt) / 1_000
  for (const kind of census.kinds) {
    say(`\n${kind}`)
    for (const [what, count] of census.of(kind)) say(`${String(count).padStart(10)}  ${what}`)
  }
  const share = Math.round((100 * archived) / lives)
  say(
    `\n${lives} lives, ${share} % archived, ${Math.round(lives / seconds)} lives a second, seed ${seed}`,
  )
  if (failure === null) {
    say('0 violations')
    return 0
  }
  sayBreaches(failure.breaches)
  say(`See that world again: npm run simulate -- --world ${failure.seed}`)
  return 1
}

process.exitCode = await run()
