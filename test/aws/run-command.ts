import { spawn } from 'node:child_process'

export interface CommandResult {
  /** Null if a signal ended it, or if there is no such program. */
  readonly code: number | null
  /** What it said, complaints included. */
  readonly output: string
}

export interface CommandSurroundings {
  readonly folder?: string
  readonly environment?: NodeJS.ProcessEnv
}

/** Runs a program to its end. */
export function runCommand(
  program: string,
  words: readonly string[],
  { folder = process.cwd(), environment = process.env }: CommandSurroundings = {},
): Promise<CommandResult> {
  const child = spawn(program, words, {
    cwd: folder,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text))
  }
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ code: null, output: String(error) }))
    child.once('close', (code) => resolve({ code, output }))
  })
}

/** As `runCommand`, for what has to succeed. Gives what it said. */
export async function mustRun(
  program: string,
  words: readonly string[],
  surroundings: CommandSurroundings = {},
): Promise<string> {
  const { code, output } = await runCommand(program, words, surroundings)
  if (code === 0) return output
  throw new Error(`${[program, ...words].join(' ')} ended with ${code}:\n${output}`)
}
