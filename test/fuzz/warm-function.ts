import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import * as z from 'zod/mini'
import type { FunctionName, Stack } from '../handlers/stack.ts'

/** A function that stays, for many events. */
export interface WarmFunction {
  /** What the handler gives back; rejects if it throws. */
  readonly invoke: (event: unknown) => Promise<unknown>
  /** All that it has written to both outputs since it was last asked. */
  readonly takeOutput: () => string
  readonly end: () => Promise<void>
}

const escape = (character: string): string => `\\u${character.charCodeAt(0).toString(16)}`

const outcome = z.union([z.object({ thrown: z.string() }), z.object({ result: z.unknown() })])

/** @param environment what it is told on top of what the stack tells it */
export function startFunction(
  stack: Stack,
  name: FunctionName,
  environment: Readonly<Record<string, string>> = {},
): WarmFunction {
  const script = resolve('test/fuzz/warm-function-process.ts')
  const child = spawn(process.execPath, [script, `functions/handlers/${name}.ts`], {
    env: {
      NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'],
      ...stack.environmentOf(name),
      ...environment,
    },
    stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
  })
  let output = ''
  const { stdin, stdout, stderr, stdio } = child
  for (const stream of [stdout, stderr]) stream?.on('data', (data) => (output += String(data)))
  if (!(stdio[3] instanceof Readable)) throw new Error('There is no third output.')
  const outcomes = createInterface(stdio[3])[Symbol.asyncIterator]()

  return {
    invoke: async (event) => {
      // Who reads lines takes these for the end of one.
      const line = JSON.stringify(event).replaceAll(/[\u2028\u2029]/g, escape)
      stdin?.write(`${line}\n`)
      const { value } = await outcomes.next()
      if (value === undefined) throw new Error(`The function ended: ${output}`)
      const came = z.parse(outcome, JSON.parse(value))
      if ('thrown' in came) throw new Error(came.thrown)
      return came.result
    },
    takeOutput: () => {
      const taken = output
      output = ''
      return taken
    },
    end: async () => {
      stdin?.end()
      await once(child, 'close')
    },
  }
}
