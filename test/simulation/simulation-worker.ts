import { parentPort, workerData } from 'node:worker_threads'
import * as z from 'zod/mini'
import { simulate } from './simulate.ts'
import type { PartOutcome } from './simulate-in-parallel.ts'

const part = z.object({
  pools: z.int(),
  seed: z.int(),
  first: z.int(),
  step: z.int(),
  until: z.optional(z.number()),
})

// Errors are thrown all the time here, and nobody reads where: a replay tells.
Error.stackTraceLimit = 0

const { census, ...rest } = await simulate(z.parse(part, workerData))
const outcome: PartOutcome = { ...rest, counts: census.counts }
parentPort?.postMessage(outcome)
