import * as z from 'zod/mini'
import type { AccountState } from '../../application/account-state.ts'
import type { SweepResult } from '../../application/sweep.ts'
import { toIso } from '../../domain/instant.ts'
import { escapeInvisible } from '../../domain/visible-text.ts'
import { defineCommand } from '../command.ts'
import { exitCodes } from '../exit-code.ts'
import { count, minute } from '../words.ts'

/** Looks through all closed pools now. */
export const sweep = defineCommand({
  name: 'sweep',
  summary: 'look through all closed pools now',
  description:
    'Goes through the closed pools of the account and wakes those that have to be looked at, as ' +
    'the archiver does by itself at every SWEEP_INTERVAL. It archives nothing: the archiver works ' +
    'the wake-ups off, now or when it is started. Only one sweeps at a time; one that is broken off ' +
    'keeps its place for a quarter of an hour. Sweeping twice is harmless.',
  arguments: [],
  options: [],
  examples: [['sweep', 'find what no webhook has told of']],
  input: z.object({}),
  run: async ({ console: { dependencies, requestSweep, place }, progress }) => {
    const request = await requestSweep((listed) => progress(`${count(listed, 'pool')} listed`))
    if (request.kind === 'requested') {
      const text = `A sweep begins in a moment (${place}); its journal says what it found.`
      return { data: { outcome: 'requested' }, text }
    }
    const { result, problem } = request
    const state = await dependencies.account.read()
    const isDone = result.outcome === 'finished'
    return {
      data: { ...result, problem },
      text: [...refusal(result, problem, state), ...found(result)].join('\n'),
      exitCode: isDone ? exitCodes.done : exitCodes.failed,
    }
  },
})

/** What kept it from its end. */
function refusal(
  { outcome }: SweepResult,
  problem: string | null,
  { sweep: { lease }, denied }: AccountState,
): readonly string[] {
  if (outcome === 'finished') return []
  if (outcome === 'busy') {
    const until = lease ? ` Its place is kept until ${minute(lease.until)} UTC at the latest.` : ''
    return [`Another sweep is under way; this one did nothing.${until}`]
  }
  const why = denied
    ? `Toloka does not accept the token since ${toIso(denied.since)}. Run "doctor".`
    : escapeInvisible(problem ?? 'somebody else took over.')
  return [`The sweep stopped, and the next one goes on from there: ${why}`]
}

function found(result: SweepResult): readonly string[] {
  const { outcome, listed, discovered, changed, woken, repaired } = result
  if (outcome === 'busy') return []
  return [
    `${count(listed, 'closed pool')} listed: ${discovered} new, ${changed} changed.`,
    `${count(woken, 'pool')} woken, ${repaired} of them overdue; the archiver looks at them.`,
  ]
}
