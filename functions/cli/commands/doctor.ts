import * as z from 'zod/mini'
import { checkUp, type Check, type CheckResult, type Level } from '../../application/check-up.ts'
import { escapeInvisible } from '../../domain/visible-text.ts'
import { ConfigError } from '../../runtime/config-error.ts'
import { DataFileError } from '../../runtime/local.ts'
import { defineCommand, type Report } from '../command.ts'
import { exitCodes } from '../exit-code.ts'
import { plain, type Colour, type Paint } from '../terminal.ts'
import { count } from '../words.ts'

const marks: Readonly<Record<Level, readonly [Colour, string]>> = {
  green: ['green', 'ok  '],
  yellow: ['yellow', 'note'],
  red: ['red', 'BAD '],
}

/** Is everything as it should be? */
export const doctor = defineCommand({
  name: 'doctor',
  summary: 'is everything as it should be, and what to do if not',
  description:
    'Looks after the settings, the data file and its disk, the archiver, the token, the clock, ' +
    'webhooks, the queue, sweeps, pools that are late or need a person, and dead letters. Each line ' +
    'says "ok" (green), "note" (yellow: worth knowing) or "BAD" (red: somebody has to do something), ' +
    'and what to do. Changes nothing; asks Toloka whose token it is. Ends with 3 if anything is red.',
  arguments: [],
  options: [],
  examples: [
    ['doctor', 'before the first start, after a change, or when something seems wrong'],
    ['doctor --json', 'for a monitor'],
  ],
  input: z.object({}),
  run: async ({ console, paint, progress }) =>
    report(await checkUp(console.checks, progress), paint),
  withoutConsole: async (error) => {
    const results = await checkUp(beforeConsole(error))
    return results.length === 0 ? null : report(results, plain)
  },
})

/** What keeps everything else from being looked at; nothing if it is a defect of ours. */
function beforeConsole(error: unknown): readonly Check[] {
  const look = async (): Promise<never> => {
    throw error
  }
  if (error instanceof ConfigError) {
    const advice = 'Mend the settings: docs/configuration.md lists them. Then run this again.'
    return [{ name: 'configuration', look, advice }]
  }
  if (error instanceof DataFileError) {
    return [{ name: 'data file', look, advice: 'Then run this again.' }]
  }
  return []
}

function report(results: readonly CheckResult[], paint: Paint): Report {
  const of = (level: Level): number => results.filter((result) => result.level === level).length
  const [bad, notes] = [of('red'), of('yellow')]
  const sum =
    bad + notes === 0
      ? 'All is well.'
      : `${count(bad, 'thing')} to mend, ${count(notes, 'note')}, ${of('green')} ok.`
  return {
    data: { ok: bad === 0, checks: results },
    text: [...results.map((result) => describe(result, paint)), '', sum].join('\n'),
    exitCode: bad === 0 ? exitCodes.done : exitCodes.attention,
  }
}

function describe({ name, level, text, advice }: CheckResult, paint: Paint): string {
  const [colour, mark] = marks[level]
  // A problem of the settings has a line for each of them.
  const words = text.split('\n').map((line) => escapeInvisible(line.trimEnd()))
  const line = `${paint(colour, mark)}  ${name.padEnd(14)} ${words.join('\n        ')}`
  return advice === null ? line : `${line}\n      → ${advice}`
}
