import { availableParallelism } from 'node:os'
import { endByUsage, readArguments } from '../support/read-arguments.ts'
import { Census } from './census.ts'
import type { Breach } from './checker.ts'
import { shrink, type Remainder } from './shrink.ts'
import { simulateInParallel } from './simulate-in-parallel.ts'
import type { Failure, Simulation } from './simulate.ts'
import { SimulatedWorld } from './world.ts'

const usage = `Usage: npm run simulate -- [--pools N] [--seed S] [--minutes M] [--workers N] [--json]
       npm run simulate -- --world W [--lives N,N,…] [--without DANGER,DANGER,…]

Lets pools live by the unmodified use cases in worlds where everything goes wrong: processes die,
answers and messages get lost, clocks differ, people and Toloka interfere. Each world comes out of
one seed. Exits with 1 at the first broken promise, with the shortest history of it that is found
and the command that shows it again.`

const options = {
  pools: { type: 'string', default: '10000' },
  seed: { type: 'string', default: '1' },
  minutes: { type: 'string' },
  workers: { type: 'string', default: String(availableParallelism()) },
  json: { type: 'boolean' },
  world: { type: 'string' },
  lives: { type: 'string' },
  without: { type: 'string', default: '' },
  help: { type: 'boolean', short: 'h' },
} as const

/** Lines of a history that are shown at the most; its end tells most. */
const longestHistory = 200

const say = (text: string): void => void process.stdout.write(`${text}\n`)

/** The number in an option; ends the program if there is none, or if it is too low. */
function wholeNumber(name: string, text: string, lowest: number): number {
  const number = /^\d{1,10}$/.test(text) ? Number(text) : -1
  if (number >= lowest) return number
  return endByUsage(usage, `--${name} must be a whole number of ${lowest} or more, not ${text}`)
}

function sayBreaches(breaches: readonly Breach[]): void {
  for (const { invariant, poolId, what } of breaches) {
    say(`BROKEN: ${invariant}: ${poolId}: ${what}`)
  }
}

/** Tells all that happens in a world. */
async function replay(seed: number, left: Partial<Remainder>): Promise<0 | 1> {
  const world = new SimulatedWorld(seed, new Census(), { isLogged: true, ...left })
  const { log, breaches } = await world.run()
  if (log.length > longestHistory) say(`… ${log.length - longestHistory} lines before that`)
  for (const line of log.slice(-longestHistory)) say(line)
  sayBreaches(breaches)
  return breaches.length === 0 ? 0 : 1
}

function sayCensus({ census, lives, archived }: Simulation, seconds: number, seed: number): void {
  for (const kind of census.kinds) {
    say(`\n${kind}`)
    for (const [what, count] of census.of(kind)) say(`${String(count).padStart(10)}  ${what}`)
  }
  const share = Math.round((100 * archived) / lives)
  const speed = Math.round(lives / seconds)
  say(`\n${lives} lives, ${share} % archived, ${speed} lives a second, seed ${seed}`)
}

async function sayFailure({ world, breaches }: Failure): Promise<void> {
  const [first] = breaches
  if (first === undefined) return
  const left = await shrink(world, first)
  const without = left.without.length === 0 ? '' : ` --without ${left.without.join(',')}`
  say('')
  await replay(world, left)
  say(
    `See it again: npm run simulate -- --world ${world} --lives ${left.lives.join(',')}${without}`,
  )
}

async function run(): Promise<0 | 1> {
  const values = readArguments(usage, options)
  if (values.help) {
    say(usage)
    return 0
  }
  if (values.world !== undefined) {
    const lives = values.lives?.split(',').map((text) => wholeNumber('lives', text, 0))
    const without = values.without.split(',')
    return replay(wholeNumber('world', values.world, 0), { ...(lives && { lives }), without })
  }
  const startedAt = Date.now()
  const seed = wholeNumber('seed', values.seed, 0)
  const part = {
    seed,
    pools: wholeNumber('pools', values.pools, 1),
    ...(values.minutes && {
      until: startedAt + wholeNumber('minutes', values.minutes, 1) * 60_000,
    }),
  }
  const simulation = await simulateInParallel(part, wholeNumber('workers', values.workers, 1))
  const { lives, archived, failure } = simulation
  if (values.json) say(JSON.stringify({ lives, archived, seed, failure }))
  else {
    sayCensus(simulation, (Date.now() - startedAt) / 1_000, seed)
    if (failure === null) say('0 violations')
    else await sayFailure(failure)
  }
  return failure === null ? 0 : 1
}

process.exitCode = await run()
