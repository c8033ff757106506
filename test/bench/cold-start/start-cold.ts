import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { Readable } from 'node:stream'
import * as z from 'zod/mini'

/** A process from its start to the first answer of the function in it. */
export interface ColdStart {
  /** What the handler gave back. */
  readonly result: unknown
  /** By the clock of whoever started it, milliseconds. */
  readonly ms: number
  /** Processor time of the process, of all its threads, milliseconds. */
  readonly cpuMs: number
}

const answer = z.object({ result: z.unknown(), cpuMs: z.number() })

/**
 * Starts a function in a process of its own and calls it once.
 *
 * @param program a bundle of `cold-start-process.ts`
 * @param bundle of the function
 * @throws Error with all that the function said, if it gives no answer
 */
export async function startCold(
  program: string,
  bundle: string,
  event: unknown,
  environment: Readonly<Record<string, string>>,
): Promise<ColdStart> {
  const words = [program, bundle, JSON.stringify(event)]
  const begunAt = performance.now()
  const child = spawn(process.execPath, words, {
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  })
  const { stdout, stderr } = child
  const answers = child.stdio[3]
  if (!stdout || !stderr || !(answers instanceof Readable)) throw new Error('An output is missing.')
  let endedAt = Number.NaN
  answers.once('readable', () => {
    endedAt = performance.now()
  })
  const [said, output, complaints] = await Promise.all([
    text(answers),
    text(stdout),
    text(stderr),
    once(child, 'close'),
  ])
  if (said === '') throw new Error(`${bundle} gave no answer:\n${output}${complaints}`)
  const { result, cpuMs } = z.parse(answer, JSON.parse(said))
  return { result, cpuMs, ms: endedAt - begunAt }
}
