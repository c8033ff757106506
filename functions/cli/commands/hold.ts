import { InvalidArgumentError, Option } from 'commander'
import * as z from 'zod/mini'
import { holdPool } from '../../application/hold-pool.ts'
import { toIso } from '../../domain/instant.ts'
import { durationExamples, parseDuration } from '../../runtime/duration.ts'
import { poolArgument } from '../arguments.ts'
import { defineCommand } from '../command.ts'
import { minute } from '../words.ts'
import { reportAnswer } from './report-answer.ts'

const untilExamples = `a date such as 2026-12-31, a time such as 2026-12-31T18:00Z, or a duration ${durationExamples}`

/** When a hold ends: an instant, or so many milliseconds from now. */
type End = { readonly at: number } | { readonly afterMs: number }

/** Keeps a pool out of the archive. */
export const hold = defineCommand({
  name: 'hold',
  summary: 'keep a pool out of the archive',
  description:
    'The pool is not archived while the hold lasts, whatever the rule says; it wins up to the ' +
    'moment of the archive request. A later hold takes the place of an earlier one. Toloka itself ' +
    'archives idle pools after 30 or 90 days, hold or not: to keep one for longer, change it now ' +
    'and then.',
  arguments: [poolArgument()],
  options: [
    new Option(
      '--until <time>',
      'when it ends: a date, a time, or a duration; without it, never',
    ).argParser(readEnd),
    new Option('--reason <text>', 'why, for whoever asks later').default('no reason given'),
  ],
  examples: [
    ['hold 17 --reason "audit by finance"', 'until somebody releases it'],
    ['hold 17 --until 2026-12-31', 'until the end of the year begins, UTC'],
    ['hold 17 --until 14d', 'for two weeks'],
  ],
  input: z.object({
    pool: z.string(),
    reason: z.string(),
    until: z.optional(z.union([z.object({ at: z.number() }), z.object({ afterMs: z.number() })])),
  }),
  run: async ({ console: { dependencies }, operator }, { pool, reason, until }) => {
    const now = dependencies.clock.now()
    const end = endOf(until, now)
    if (end !== 'for-ever' && end <= now) {
      throw new InvalidArgumentError(`The hold would have ended already. Give ${untilExamples}.`)
    }
    const answer = await holdPool(dependencies, pool, { by: operator, reason, until: end })
    const lasts = end === 'for-ever' ? 'until it is released' : `until ${minute(end)} UTC`
    const done =
      `Pool ${pool} is held ${lasts}.\n` +
      'Toloka itself archives idle pools after 30 or 90 days, hold or not.'
    const data = { until: end === 'for-ever' ? end : toIso(end), reason, by: operator }
    return reportAnswer(pool, answer, { done, data })
  },
})

function endOf(until: End | undefined, now: number): number | 'for-ever' {
  if (until === undefined) return 'for-ever'
  return 'at' in until ? until.at : now + until.afterMs
}

const date = /^\d{4}-\d{2}-\d{2}$/
const time = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?Z$/

function readEnd(text: string): End {
  const afterMs = parseDuration(text)
  if (afterMs !== null) return { afterMs }
  const at = date.test(text) || time.test(text) ? Date.parse(text) : Number.NaN
  // JavaScript takes 31 February for a day in March.
  if (Number.isFinite(at) && toIso(at).startsWith(text.slice(0, 10))) return { at }
  throw new InvalidArgumentError(`Give ${untilExamples}. Times are UTC.`)
}
