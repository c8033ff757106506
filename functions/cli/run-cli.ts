import { Command as Program, CommanderError, InvalidArgumentError } from 'commander'
import type { OperatorConsole } from '../runtime/operator-console.ts'
import type { Command, CommandContext, Report } from './command.ts'
import { commands } from './commands/index.ts'
import { explainFailure } from './explain-failure.ts'
import { exitCodes, type ExitCode } from './exit-code.ts'
import { globalOptions, type GlobalOptions } from './global-options.ts'
import { confirm, paintFor, plain, say, type Terminal } from './terminal.ts'

/** What the command line stands on; tests bring their own. */
export interface CliSurroundings {
  readonly terminal: Terminal
  /** Who runs it, if `--by` does not say. */
  readonly operator: string
  /** Opens what the commands work on. */
  readonly open: (options: GlobalOptions) => Promise<OperatorConsole>
}

/**
 * Runs one command. Says itself what went wrong, and returns the exit code.
 *
 * @param words what was typed after the name of the program
 */
export async function runCli(
  words: readonly string[],
  surroundings: CliSurroundings,
): Promise<ExitCode> {
  const { terminal } = surroundings
  let exitCode: ExitCode = exitCodes.done
  const program = newProgram(terminal)
  for (const command of commands) {
    addCommand(program, command, async (options, given) => {
      exitCode = await act(surroundings, command, options, given)
    })
  }
  try {
    await program.parseAsync(words, { from: 'user' })
    return exitCode
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : exitCodes.usage
    throw error
  }
}

function newProgram({ stdout, stderr }: Terminal): Program {
  const program = new Program('npm run cli --')
    .description(
      'Shows, explains and steers the archiving of Toloka pools, while the archiver runs or not.',
    )
    .helpCommand(false)
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      writeOut: (text) => stdout.write(text),
      writeErr: (text) => stderr.write(text),
    })
    .showHelpAfterError('Add --help to see how it is used.')
    .exitOverride()
    .addHelpText(
      'after',
      '\nExit codes: 0 done, 1 failed, 2 wrong usage, 3 something needs attention.\n' +
        'Settings come from the environment or a file named .env, as for the archiver; with --stage, ' +
        'from the functions of the stack.',
    )
  for (const option of globalOptions()) program.addOption(option)
  return program
}

function addCommand(
  program: Program,
  command: Command,
  run: (options: GlobalOptions, given: object) => Promise<void>,
): void {
  const added = program
    .command(command.name)
    .summary(command.summary)
    .description(command.description)
    .addHelpText('after', `\nExamples:\n${describeExamples(command)}`)
  for (const argument of command.arguments) added.addArgument(argument)
  for (const option of command.options) added.addOption(option)
  added.action(async () => {
    const { processedArgs, registeredArguments } = added
    const given = registeredArguments.map((argument, index): [string, unknown] => [
      argument.name(),
      processedArgs[index],
    ])
    await run(program.opts<GlobalOptions>(), { ...added.opts(), ...Object.fromEntries(given) })
  })
}

function describeExamples({ examples }: Command): string {
  return examples.map(([line, effect]) => `  npm run cli -- ${line}\n      ${effect}`).join('\n')
}

/** One command from opening to closing. */
async function act(
  surroundings: CliSurroundings,
  command: Command,
  options: GlobalOptions,
  given: object,
): Promise<ExitCode> {
  const { stdout, stderr } = surroundings.terminal
  const isWatched = stderr.isTTY === true
  const progress = (text: string): void => {
    if (isWatched) stderr.write(`\r\u001b[K${text}`)
  }
  const print = async (report: Report): Promise<ExitCode> => {
    progress('')
    for await (const line of report.lines ?? [whole(report, options)]) await say(stdout, line)
    return report.exitCode ?? exitCodes.done
  }
  let place: string | undefined
  try {
    const console = await openOrReport(surroundings, command, options)
    if (!('dependencies' in console)) return await print(console)
    place = console.place
    try {
      const context = contextOf(surroundings, options, console)
      return await print(await command.run({ ...context, isWatched, progress }, given))
    } finally {
      console.close()
    }
  } catch (error) {
    progress('')
    const failure = isUsage(error)
      ? { text: error.message, exitCode: exitCodes.usage }
      : explainFailure(error, place)
    await say(stderr, failure.text)
    return failure.exitCode
  }
}

function whole({ data, text }: Report, { json }: GlobalOptions): string {
  return json ? JSON.stringify(data, null, 2) : text
}

/** Some commands have something to say even if there is nothing to work on. */
async function openOrReport(
  { open }: CliSurroundings,
  command: Command,
  options: GlobalOptions,
): Promise<OperatorConsole | Report> {
  try {
    return await open(options)
  } catch (error) {
    const report = await command.withoutConsole?.(error)
    if (report) return report
    throw error
  }
}

function contextOf(
  { terminal, operator }: CliSurroundings,
  options: GlobalOptions,
  console: OperatorConsole,
): Omit<CommandContext, 'isWatched' | 'progress'> {
  return {
    console,
    operator: options.by ?? operator,
    paint: options.json ? plain : paintFor(terminal),
    confirm: async (question) => options.yes === true || confirm(terminal, question),
  }
}

function isUsage(error: unknown): error is InvalidArgumentError {
  return error instanceof InvalidArgumentError
}
