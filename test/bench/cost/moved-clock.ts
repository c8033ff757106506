// To be loaded before a function, by `--import`: its clock is ahead by as many milliseconds as the
// file says that CLOCK_AHEAD_FILE names, so that nine days pass in no time.
import { readFileSync } from 'node:fs'

const file = process.env['CLOCK_AHEAD_FILE'] ?? ''
const realNow = Date.now
const now = (): number => realNow() + Number(readFileSync(file, 'utf8'))

globalThis.Date = new Proxy(Date, {
  construct: (target, values: unknown[], newTarget): object => {
    const made: object = Reflect.construct(
      target,
      values.length === 0 ? [now()] : values,
      newTarget,
    )
    return made
  },
  get: (target, name, receiver): unknown =>
    name === 'now' ? now : Reflect.get(target, name, receiver),
})
