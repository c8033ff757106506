import { InvalidArgumentError, Option } from 'commander'
import * as z from 'zod/mini'
import { planAccount, type Plan } from '../../application/plan-account.ts'
import { viewDifference, viewPlan, type StoredPlan } from '../../application/plan-view.ts'
import { TolokaError } from '../../application/toloka-error.ts'
import { comparePlans } from '../../domain/compare-plans.ts'
import type { PlannedPool } from '../../domain/plan-pool.ts'
import { escapeInvisible } from '../../domain/visible-text.ts'
import { defineCommand, type Report } from '../command.ts'
import { describeDifferences, describePlan, summaryLine } from '../describe-plan.ts'
import { exitCodes } from '../exit-code.ts'
import { explainFailure } from '../explain-failure.ts'
import { checkPlanFile, readPlanFile, writePlanFile } from '../plan-file.ts'
import { followPlan, type PlanProgress } from '../plan-progress.ts'
import { plain } from '../terminal.ts'
import { count } from '../words.ts'

/** What would be archived, when, and what is skipped and why. */
export const plan = defineCommand({
  name: 'plan',
  summary: 'what would be archived, when, and what is skipped and why',
  description:
    'Goes through all closed pools of the account, as they are now: one request to Toloka for 300 ' +
    'pools, and two more for each that has nothing else in its way, at a quarter of ' +
    'MAX_REQUESTS_PER_SECOND. Times are the earliest by what is known now: a later rejection moves ' +
    'them. Changes nothing. A plan can be kept in a file and compared with later ones: "new", ' +
    '"gone" (archived, or open again), "moved" to another time, "changed" for another reason.',
  arguments: [],
  options: [
    new Option('--output <file>', 'keep the plan there, as JSON; an earlier plan is replaced'),
    new Option('--compare <file>', 'show how it differs from an earlier plan'),
  ],
  examples: [
    ['plan', 'every closed pool on a line, and the sum'],
    ['plan --output plan.json', 'the same, kept for later'],
    ['plan --compare plan.json', 'what is different since'],
  ],
  input: z.object({ output: z.optional(z.string()), compare: z.optional(z.string()) }),
  run: async (context, { output, compare }) => {
    const earlier = compare === undefined ? null : readPlanFile(compare)
    if (output !== undefined) checkPlanFile(output)
    const progress = followPlan(context)
    const { toloka } = progress
    const made = await planAccount({ ...context.console.dependencies, toloka })
    if (earlier !== null) checkSameAccount(earlier, made)
    const { pools, trouble } = await collect(made, progress)
    if (trouble !== null) return reportTrouble(made, pools, trouble)

    const view = viewPlan(made, pools, true)
    if (output !== undefined) writePlanFile(output, view)
    const kept = output === undefined ? '' : `\nThe plan is in ${output}.`
    if (earlier === null) {
      return { data: view, text: describePlan(made, pools, context.paint) + kept }
    }
    const differences = comparePlans(earlier, { madeAt: made.madeAt, pools })
    const difference = describeDifferences(differences, earlier.madeAt, context.paint)
    return {
      data: { ...view, differences: differences.map(viewDifference) },
      text: `${difference}\n${summaryLine(pools, made.madeAt)}${kept}`,
    }
  },
})

function checkSameAccount(earlier: StoredPlan, { origin, requesterId }: Plan): void {
  if (earlier.origin === origin && earlier.requesterId === requesterId) return
  throw new InvalidArgumentError(
    `The earlier plan is of requester ${earlier.requesterId} at ${earlier.origin}, ` +
      `this one would be of requester ${requesterId} at ${origin}.`,
  )
}

interface Collected {
  readonly pools: readonly PlannedPool[]
  /** What kept the plan from being whole; null if it is. */
  readonly trouble: TolokaError | null
}

async function collect(made: Plan, progress: PlanProgress): Promise<Collected> {
  const pools: PlannedPool[] = []
  try {
    await progress.begin()
    for await (const pool of made.pools) {
      pools.push(pool)
      progress.show(pools.length)
    }
    return { pools, trouble: null }
  } catch (error) {
    if (!(error instanceof TolokaError)) throw error
    return { pools, trouble: error }
  }
}

/** What was found so far is worth showing, and must not look whole. */
function reportTrouble(made: Plan, pools: readonly PlannedPool[], trouble: TolokaError): Report {
  const { text } = explainFailure(trouble)
  const problem = `This is NOT the whole plan: after ${count(pools.length, 'pool')} `
  const sentence = `${problem}there was trouble. ${escapeInvisible(text)} Try again later.`
  return {
    data: { ...viewPlan(made, pools, false), problem: trouble.message },
    text: pools.length === 0 ? sentence : `${describePlan(made, pools, plain)}\n\n${sentence}`,
    exitCode: exitCodes.failed,
  }
}
