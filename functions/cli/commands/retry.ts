import * as z from 'zod/mini'
import { retryPool } from '../../application/retry-pool.ts'
import { poolArgument } from '../arguments.ts'
import { defineCommand } from '../command.ts'
import { reportAnswer } from './report-answer.ts'

/** Cuts a wait short, after a person has mended something. */
export const retry = defineCommand({
  name: 'retry',
  summary: 'look at a pool now, and forget how often it failed',
  description:
    'For a pool that needs attention, or that waits after a failed operation or a refusal, once ' +
    'the cause is mended. The rule decides as ever: nothing is archived that may not be.',
  arguments: [poolArgument()],
  options: [],
  examples: [['retry 17', 'have another look now']],
  input: z.object({ pool: z.string() }),
  run: async ({ console: { dependencies }, operator }, { pool }) => {
    const answer = await retryPool(dependencies, pool, operator)
    const done = `Pool ${pool}: the archiver looks at it now. See "explain ${pool}".`
    return reportAnswer(pool, answer, { done, data: {} })
  },
})
