import type { Argument, Option } from 'commander'
import type * as z from 'zod/mini'
import * as parser from 'zod/mini'
import type { OperatorConsole } from '../runtime/operator-console.ts'
import type { ExitCode } from './exit-code.ts'
import type { Paint } from './terminal.ts'

/** What a command found or did. */
export interface Report {
  /** For programs, with `--json`. Ids are strings, instants ISO 8601 with `Z`, absent values null. */
  readonly data: unknown
  /** For people: lines of text. */
  readonly text: string
  /** Instead of both, if there may be very much of it: lines that are written as they come. */
  readonly lines?: AsyncIterable<string>
  /** 0 if it is not given. */
  readonly exitCode?: ExitCode
}

/** What a command works with. */
export interface CommandContext {
  readonly console: OperatorConsole
  /** Who runs it, as records will name them. */
  readonly operator: string
  readonly paint: Paint
  /** Somebody sees the progress: it may cost a little to say more of it. */
  readonly isWatched: boolean
  /** Tells, on a terminal, how far long work has come. */
  readonly progress: (text: string) => void
  /** True if the operator has said yes, by hand or by `--yes`. */
  readonly confirm: (question: string) => Promise<boolean>
}

/** A command as `--help` shows it, and what it does. */
export interface Command {
  readonly name: string
  /** One line for the list of commands. */
  readonly summary: string
  /** What a newcomer should know before using it. */
  readonly description: string
  readonly arguments: readonly Argument[]
  readonly options: readonly Option[]
  /** Each a whole line after `npm run cli -- `, and what it does. */
  readonly examples: readonly (readonly [line: string, effect: string])[]
  /** @param given arguments and options by their names, already parsed one by one */
  readonly run: (context: CommandContext, given: unknown) => Promise<Report>
  /**
   * What it makes of it that the console could not be opened; null if that is none of its business.
   * Without this, it fails by that error.
   */
  readonly withoutConsole?: (error: unknown) => Promise<Report | null>
}

/** A command whose input has a shape. */
export function defineCommand<Input>(
  command: Omit<Command, 'run'> & {
    readonly input: z.ZodMiniType<Input>
    readonly run: (context: CommandContext, input: Input) => Promise<Report>
  },
): Command {
  const { input, run, ...rest } = command
  return { ...rest, run: async (context, given) => run(context, parser.parse(input, given)) }
}
