import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { runCli } from '../../functions/cli/run-cli.ts'
import type { ConsoleConfig } from '../../functions/runtime/config.ts'
import { openLocalConsole } from '../../functions/runtime/local-console.ts'
import { workOff } from '../../functions/local/work-off.ts'
import { openBox, type Box } from '../local/box.ts'

/** What a command said and how it ended. */
export interface Said {
  readonly exitCode: number
  readonly out: string
  readonly err: string
}

/** An archiver on one machine, and a command line beside it on the same data file. */
export interface CommandLine extends Box {
  /** Runs a command as `ada`; words are separated by spaces, or given one by one. */
  readonly run: (words: string | readonly string[]) => Promise<Said>
  /** As `run`, with a configuration that differs. */
  readonly runWith: (
    change: Partial<ConsoleConfig>,
    words: string | readonly string[],
  ) => Promise<Said>
  /** As `run`, with what opening begins by. */
  readonly runOn: (configure: () => ConsoleConfig, words: string) => Promise<Said>
  /** As `run`, before a terminal on which somebody looks and can answer. */
  readonly watch: (words: string, answer?: string) => Promise<Said>
  /** What a command prints with `--json`. */
  readonly json: (words: string) => Promise<unknown>
  /** Lets the archiver do all that is due. */
  readonly work: () => Promise<void>
}

interface Circumstances {
  readonly configure: () => ConsoleConfig
  readonly isTTY: boolean
  readonly answer: string
}

const stream = (isTTY: boolean) => Object.assign(new PassThrough(), { isTTY })

export async function openCommandLine(
  settings: Readonly<Record<string, string>> = {},
): Promise<CommandLine> {
  const box = await openBox(settings)
  const speak = async (
    { configure, isTTY, answer }: Circumstances,
    words: string | readonly string[],
  ): Promise<Said> => {
    const [stdin, stdout, stderr] = [stream(isTTY), stream(false), stream(isTTY)]
    stdin.end(answer)
    const said = Promise.all([text(stdout), text(stderr)])
    const exitCode = await runCli(typeof words === 'string' ? words.split(' ') : words, {
      terminal: { stdin, stdout, stderr },
      operator: 'ada',
      open: async () => openLocalConsole(configure(), box.archiver.clock),
    })
    stdout.end()
    stderr.end()
    const [out, err] = await said
    return { exitCode, out, err }
  }
  const runOn = (configure: () => ConsoleConfig, words: string | readonly string[]) =>
    speak({ configure, isTTY: false, answer: '' }, words)
  const runWith: CommandLine['runWith'] = (change, words) =>
    runOn(() => ({ ...box.config, ...change }), words)
  const run: CommandLine['run'] = (words) => runWith({}, words)
  return {
    ...box,
    run,
    runWith,
    runOn,
    watch: (words, answer = '') =>
      speak({ configure: () => box.config, isTTY: true, answer }, words),
    json: async (words) => {
      const { out, err } = await run(`${words} --json`)
      if (err !== '') throw new Error(err)
      const value: unknown = JSON.parse(out)
      return value
    },
    work: () => workOff(box.archiver, new AbortController().signal),
  }
}
