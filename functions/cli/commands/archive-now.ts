import { Option } from 'commander'
import * as z from 'zod/mini'
import {
  archiveNow as askForArchive,
  type ArchiveNowResult,
} from '../../application/archive-now.ts'
import { despites, type Despite } from '../../domain/override.ts'
import { reasons } from '../../domain/reasons.ts'
import { poolArgument } from '../arguments.ts'
import { defineCommand, type Report } from '../command.ts'
import { exitCodes } from '../exit-code.ts'
import { toIso } from '../../domain/instant.ts'
import { when } from '../words.ts'
import { reportAnswer } from './report-answer.ts'

/** Archives a pool as soon as Toloka's own rules allow it. */
export const archiveNow = defineCommand({
  name: 'archive-now',
  summary: 'archive a pool as soon as Toloka allows it',
  description:
    'Skips our own grace, and of a longer margin all but the hour that clocks may be wrong by; ' +
    'never the nine days of an appeal, never pending work, and no hold. If Toloka has to be waited for, the pool is archived then. It counts for the pool as it ' +
    'is now: if it is started or closed again, the whole rule is back; "hold" takes it back. ' +
    'Archiving cannot be undone, so this asks first; scripts say --yes.',
  arguments: [poolArgument()],
  options: [
    new Option('--despite <reason>', 'also pass over this, for abandoned pools').choices(despites),
  ],
  examples: [
    ['archive-now 17', 'without waiting for the grace of its close reason'],
    ['archive-now 17 --despite never-started', 'a draft that nobody will start'],
    ['archive-now 17 --despite close-reason-excluded', 'whatever it was closed for'],
  ],
  input: z.object({ pool: z.string(), despite: z.optional(z.enum(despites)) }),
  run: async ({ console: { dependencies }, operator, confirm }, { pool, despite = null }) => {
    const question = `Archive pool ${pool} as soon as Toloka allows it${inSpiteOf(despite)}? This cannot be undone.`
    if (!(await confirm(question))) {
      const text = 'Nothing was done. Answer yes, or say --yes.'
      return { data: { poolId: pool, answer: 'not-confirmed' }, text, exitCode: exitCodes.usage }
    }
    const result = await askForArchive(dependencies, pool, { by: operator, despite })
    return describe(pool, result, dependencies.clock.now())
  },
})

function inSpiteOf(despite: Despite | null): string {
  return despite === null ? '' : ` in spite of ${despite}`
}

function describe(poolId: string, { answer, look }: ArchiveNowResult, now: number): Report {
  const { verdict } = look
  const until = verdict.action === 'wait' ? verdict.until : null
  const data = { reason: verdict.reason, until: until === null ? null : toIso(until) }
  switch (answer) {
    case 'only-watching': {
      const text = `Pool ${poolId}: the archiver only watches (ARCHIVE_MODE=observe). Nothing was changed.`
      return { data: { poolId, answer, ...data }, text, exitCode: exitCodes.failed }
    }
    case 'blocked': {
      const way = wayOut[verdict.reason] ?? ''
      const text = `Pool ${poolId} cannot be archived now: ${reasons[verdict.reason]} ${way}`.trim()
      return { data: { poolId, answer, ...data }, text, exitCode: exitCodes.failed }
    }
    case 'done':
    case 'too-late':
    case 'already-archived': {
      const waits = `${reasons[verdict.reason]} It is archived when that is over: ${when(until, now)}.`
      const done = `Pool ${poolId}: ${until === null ? 'asked for; the archiver does it now.' : waits}`
      return reportAnswer(poolId, answer, { done, data })
    }
  }
}

/** What else an operator can do about what blocks a pool. */
const wayOut: Readonly<Record<string, string>> = {
  'held-by-operator': 'Release it first.',
  'close-reason-excluded': 'If nobody needs it any more: --despite close-reason-excluded.',
  'never-started': 'If nobody will start it: --despite never-started.',
  'keep-marker': 'Take the marker away at Toloka first.',
  'project-out-of-scope': 'Change PROJECTS or EXCLUDED_PROJECTS first.',
  'pool-open': 'Close it at Toloka first.',
}
