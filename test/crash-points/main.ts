import { lives } from '../scenarios/lives.ts'
import { strikeOnce, strikeTwice } from './crash-points.ts'

const say = (text: string): void => void process.stdout.write(`${text}\n`)

/** Lives the lives of the demo with every blow and every pair of blows. Returns the exit code. */
async function run(): Promise<0 | 1> {
  let total = 0
  for (const life of lives) {
    const [once, twice] = [await strikeOnce(life), await strikeTwice(life)]
    total += once.lives + twice.lives
    const counts = [once.effects, once.lives, twice.lives].map((count) => String(count).padStart(6))
    say(`${life.name.padEnd(22)}${counts.join('')}`)
    const failure = once.failure ?? twice.failure
    if (failure !== null) {
      for (const { position, kind } of failure.blows) say(`  ${kind} at side effect ${position}`)
      for (const problem of failure.problems) say(`BROKEN: ${problem}`)
      return 1
    }
  }
  say(`${total} lives, 0 violations`)
  return 0
}

say('life                  effects, lives with a blow, lives with two blows')
process.exitCode = await run()
