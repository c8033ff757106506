// A function as Lambda starts it, and nothing else: loads the bundle that the first argument names,
// calls its handler with the event that is the second, and writes what came of it to the third output
// (the function writes to the others). Bundled before it is started, for it must cost nothing itself.
import { writeSync } from 'node:fs'
import { createRequire } from 'node:module'

type Handler = (event: unknown, context: object) => Promise<unknown>

const answers = 3
const [, , bundle = '', event = ''] = process.argv
const context = { getRemainingTimeInMillis: () => 900_000 }

const { handler }: { readonly handler: Handler } = createRequire(import.meta.url)(bundle)
const result = await handler(JSON.parse(event), context)
const { user, system } = process.cpuUsage()
writeSync(answers, JSON.stringify({ result: result ?? null, cpuMs: (user + system) / 1_000 }))
process.exit()
