// A function as Lambda keeps it warm: loads the handler that the first argument names, and calls it
// with one event after the other, each a line of standard input. What comes of one goes to the third
// output as a line; the others are the function's own.
import { writeSync } from 'node:fs'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'
import * as z from 'zod/mini'

const handlerModule = z.object({
  handler: z.custom<(event: unknown) => Promise<unknown>>((value) => typeof value === 'function'),
})
const outcomes = 3

const loaded: unknown = await import(pathToFileURL(resolve(process.argv[2] ?? '')).href)
const { handler } = z.parse(handlerModule, loaded)

for await (const line of createInterface(process.stdin)) {
  const event: unknown = JSON.parse(line)
  const outcome = await handler(event).then(
    (result) => ({ result }),
    (error: unknown) => ({ thrown: String(error) }),
  )
  writeSync(outcomes, `${JSON.stringify(outcome)}\n`)
}
