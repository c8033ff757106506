import * as z from 'zod/mini'
import { releasePool } from '../../application/hold-pool.ts'
import { poolArgument } from '../arguments.ts'
import { defineCommand } from '../command.ts'
import { reportAnswer } from './report-answer.ts'

/** Ends a hold. */
export const release = defineCommand({
  name: 'release',
  summary: 'end the hold of a pool',
  description:
    'Takes a hold away; the rule decides again at once. A pool that nobody holds stays as it is. A ' +
    'keep marker at Toloka is not a hold: whoever set it there can take it away.',
  arguments: [poolArgument()],
  options: [],
  examples: [['release 17', 'let the rule decide again']],
  input: z.object({ pool: z.string() }),
  run: async ({ console: { dependencies }, operator }, { pool }) => {
    const answer = await releasePool(dependencies, pool, operator)
    const done = `Pool ${pool} is not held. The archiver looks at it now.`
    return reportAnswer(pool, answer, { done, data: {} })
  },
})
