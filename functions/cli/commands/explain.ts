import * as z from 'zod/mini'
import { explain as explainPool } from '../../application/explain.ts'
import { viewExplanation } from '../../application/explanation-view.ts'
import { poolArgument } from '../arguments.ts'
import { defineCommand } from '../command.ts'
import { exitCodes } from '../exit-code.ts'
import { describeExplanation } from '../describe-explanation.ts'

/** Why is it not archived, and when will it be? */
export const explain = defineCommand({
  name: 'explain',
  summary: 'why a pool is not archived, and when it will be',
  description:
    'Reads the pool at Toloka anew (one to three requests) and goes through the rule line by line; ' +
    'then shows what the archiver knows and has done. Changes nothing. Works for a pool that the ' +
    'archiver has never seen. Ends with 3 if the pool needs a person.',
  arguments: [poolArgument()],
  options: [],
  examples: [['explain 17', 'everything about pool 17 on one screen']],
  input: z.object({ pool: z.string() }),
  run: async ({ console: { dependencies }, paint }, { pool }) => {
    const explanation = await explainPool(dependencies, pool)
    const { record, trouble } = explanation
    const needsPerson = record?.state === 'attention' ? exitCodes.attention : exitCodes.done
    return {
      data: viewExplanation(explanation),
      text: describeExplanation(explanation, dependencies.settings, paint),
      exitCode: trouble ? exitCodes.failed : needsPerson,
    }
  },
})
