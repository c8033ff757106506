// A function as Lambda runs it: loads the handler that the first argument names, and calls it with
// the event that comes on standard input. What it gives back is the last line of standard output.
import { resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { pathToFileURL } from 'node:url'
import * as z from 'zod/mini'

const [, , path = '', remainingMs = '60000'] = process.argv
const handlerModule = z.object({
  handler: z.custom<(event: unknown, context: unknown) => Promise<unknown>>(
    (value) => typeof value === 'function',
  ),
})
const context = { getRemainingTimeInMillis: () => Number(remainingMs) }

async function run(): Promise<void> {
  const loaded: unknown = await import(pathToFileURL(resolve(path)).href)
  const { handler } = z.parse(handlerModule, loaded)
  const event: unknown = JSON.parse(await text(process.stdin))
  const result: unknown = await handler(event, context)
  process.stdout.write(`${JSON.stringify(result ?? null)}\n`)
}

void run()
