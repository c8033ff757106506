import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { startOptions } from '../support/start-options.ts'

/** A program of ours as a process of its own, and what it says. */
export interface Program {
  readonly pid: number
  readonly lines: readonly string[]
  readonly complaints: () => string
  /** The first line that fits, said already or yet to come. */
  readonly untilSaid: (pattern: RegExp) => Promise<RegExpExecArray>
  /** The exit code; null if a signal ended it. */
  readonly ended: Promise<number | null>
  readonly kill: (signal: NodeJS.Signals) => void
}

/** A test that waits for longer has failed. */
const patienceMs = 45_000

/** Everything that was started and may still run. */
const running = new Set<ChildProcess>()

/** @param output an open file to which it writes instead of `lines` */
export function startArchiver(
  environment: Readonly<Record<string, string>>,
  output: 'pipe' | number = 'pipe',
): Program {
  const words = [...startOptions, resolve('functions/local/main.ts')]
  return startNode(words, environment, output)
}

/** @param script relative to the repository */
export function startProgram(
  script: string,
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Program {
  return startNode([resolve(script), ...words], environment)
}

function startNode(
  words: readonly string[],
  environment: Readonly<Record<string, string>>,
  stdout: 'pipe' | number = 'pipe',
): Program {
  const child = spawn(process.execPath, words, {
    // Where no developer's file of settings lies.
    cwd: tmpdir(),
    env: { NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'], ...environment },
    stdio: ['ignore', stdout, 'pipe'],
  })
  running.add(child)
  const lines: string[] = []
  let complaints = ''
  child.stderr?.on('data', (data) => (complaints += String(data)))
  const output = createInterface(child.stdout ?? Readable.from([])).on('line', (line) =>
    lines.push(line),
  )
  let hasEnded = false
  const ended = once(child, 'close').then(([code]: unknown[]) => {
    hasEnded = true
    running.delete(child)
    return typeof code === 'number' ? code : null
  })

  return {
    pid: child.pid ?? 0,
    lines,
    complaints: () => complaints,
    untilSaid: async (pattern) => {
      const late = AbortSignal.timeout(patienceMs)
      const isLate = once(late, 'abort')
      for (;;) {
        const said = lines.map((line) => pattern.exec(line)).find((found) => found !== null)
        if (said) return said
        if (hasEnded || late.aborted) {
          const what = hasEnded ? 'It ended' : 'It went on'
          throw new Error(`${what} without ${pattern}: ${lines.join('\n')} ${complaints}`)
        }
        await Promise.race([once(output, 'line'), ended, isLate])
      }
    },
    ended,
    kill: (signal) => child.kill(signal),
  }
}

/** Ends whatever a test has left running. */
export function killAll(): void {
  for (const child of running) child.kill('SIGKILL')
}
