import { InvalidArgumentError, Option } from 'commander'
import * as z from 'zod/mini'
import {
  readDeadLetters,
  redrive as putBack,
  type ReadDeadLetter,
  type Redriven,
} from '../../application/redrive.ts'
import { escapeInvisible } from '../../domain/visible-text.ts'
import { toIso } from '../../domain/instant.ts'
import { shorten } from '../../domain/shorten.ts'
import { defineCommand } from '../command.ts'
import { exitCodes } from '../exit-code.ts'
import { table } from '../table.ts'
import type { Paint } from '../terminal.ts'
import { count, minute } from '../words.ts'

const usualLimit = 1_000

/** Has pools looked at again whose wake-ups failed for good. */
export const redrive = defineCommand({
  name: 'redrive',
  summary: 'put dead letters back into the queue',
  description:
    'A wake-up that fails again and again becomes a dead letter: mostly a defect, whose reason is in ' +
    'the journal. Its pool is not lost, the sweep finds it too. Shows the dead letters and asks; ' +
    'with yes, each is put back as a hint to look at its pool now. That is safe at any age, and ' +
    'twice. What is no wake-up is shown and kept. Ends with 3 if some are left.',
  arguments: [],
  options: [
    new Option('--limit <number>', 'no more than so many, the oldest first')
      .argParser(readLimit)
      .default(usualLimit),
    new Option('--drop-unreadable', 'remove what is no wake-up, such as a sweep of yesterday'),
  ],
  examples: [
    ['redrive', 'show them, and ask'],
    ['redrive --yes', 'put all back without asking'],
    ['redrive --limit 10', 'try with a few'],
  ],
  input: z.object({ limit: z.number(), dropUnreadable: z.optional(z.boolean()) }),
  run: async ({ console, paint, confirm }, { limit, dropUnreadable = false }) => {
    const { dependencies, deadLetters: box } = console
    const letters = await readDeadLetters(box, limit)
    const data = { deadLetters: letters.map(view) }
    const nothing: Redriven = { redriven: 0, dropped: 0, kept: letters.length }
    if (letters.length === 0) return { data: { ...data, ...nothing }, text: 'No dead letters.' }

    const list = describe(letters, paint)
    const wanted = letters.filter(({ poolId }) => dropUnreadable || poolId !== null).length
    const isWanted = wanted > 0 && (await confirm(`${list}\n\n${question(wanted)}`))
    const done = isWanted ? await putBack(dependencies, box, letters, { dropUnreadable }) : nothing
    const isLeft = done.kept > 0 || letters.length === limit
    return {
      data: { ...data, ...done },
      text: `${list}\n\n${outcome(done, letters.length === limit)}`,
      exitCode: isLeft ? exitCodes.attention : exitCodes.done,
    }
  },
})

const question = (wanted: number): string =>
  wanted === 1
    ? 'Take it out, and have its pool looked at?'
    : `Take these ${wanted} out, and have their pools looked at?`

function outcome({ redriven, dropped, kept }: Redriven, isFull: boolean): string {
  if (redriven + dropped === 0) {
    return 'Nothing was changed. Add --yes to put them back; what is no wake-up needs --drop-unreadable.'
  }
  const lines = [
    `${count(redriven, 'dead letter')} put back: the archiver looks at ${redriven === 1 ? 'its pool' : 'their pools'} now.`,
    ...(dropped === 0 ? [] : [`${count(dropped, 'dead letter')} removed.`]),
    ...(kept === 0
      ? []
      : [`${count(kept, 'dead letter')} kept: no wake-up. --drop-unreadable removes them.`]),
    ...(isFull ? ['There may be more: run it again.'] : []),
  ]
  return lines.join('\n')
}

function describe(letters: readonly ReadDeadLetter[], paint: Paint): string {
  const rows = letters.map(({ letter, poolId }) => [
    poolId ?? paint('yellow', 'no wake-up'),
    minute(letter.writtenAt),
    letter.failures === null ? '–' : String(letter.failures),
    escapeInvisible(letter.problem ?? (poolId === null ? (shorten(letter.message) ?? '') : '–')),
  ])
  return table(['POOL', 'SINCE (UTC)', 'FAILED', 'WHY'], rows, paint)
}

function view({ letter, poolId }: ReadDeadLetter): object {
  const { message, problem, failures, writtenAt } = letter
  return {
    poolId,
    message,
    problem,
    failures,
    writtenAt: writtenAt === null ? null : toIso(writtenAt),
  }
}

function readLimit(text: string): number {
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('Give a number from 1 to 999999, such as 10.')
}
