import { InvalidArgumentError, Option } from 'commander'
import * as z from 'zod/mini'
import type { KeptSubscriptions } from '../../application/keep-subscriptions.ts'
import type { SubscriptionReview } from '../../application/review-subscriptions.ts'
import { escapeInvisible } from '../../domain/visible-text.ts'
import { isPoolId } from '../../domain/pool.ts'
import type { Coverage } from '../../domain/subscription-plan.ts'
import { defineCommand, type Report } from '../command.ts'
import { exitCodes } from '../exit-code.ts'
import { table } from '../table.ts'
import type { Paint } from '../terminal.ts'
import { count } from '../words.ts'

const words: Readonly<Record<Coverage, string>> = {
  covered: 'covered',
  'outdated-secret': 'has an older secret',
  missing: 'missing',
}

/** Which open pools Toloka tells of when they close. */
export const subscriptions = defineCommand({
  name: 'subscriptions',
  summary: 'which open pools tell when they close',
  description:
    'Shows which open pools have their subscription to POOL_CLOSED, with the newest secret. Each ' +
    'sweep puts in place what is missing and removes what is of no use any more; --keep does it now. ' +
    'Webhooks only make the archiver faster: the sweep finds closed pools without them. Ends with 3 ' +
    'if a pool is not covered, or if a test did not arrive.',
  arguments: [],
  options: [
    new Option('--keep', 'put missing ones in place, and remove those of archived pools'),
    new Option('--test <pool>', "have Toloka send a test event to that pool's subscription")
      .argParser(readPool)
      .conflicts('keep'),
  ],
  examples: [
    ['subscriptions', 'what is covered, and what is not'],
    ['subscriptions --keep', 'without waiting for the next sweep'],
    ['subscriptions --test 17', 'does a webhook get through?'],
  ],
  input: z.object({ keep: z.optional(z.boolean()), test: z.optional(z.string()) }),
  run: async ({ console: { subscriptions: care, place }, paint }, { keep, test: poolId }) => {
    if (care === null) {
      throw new InvalidArgumentError(
        `WEBHOOK_URL is not set (${place}), so no subscriptions are made. ` +
          'Set it to the public address of the webhook.',
      )
    }
    if (poolId !== undefined) {
      const tested = await care.test(poolId)
      const exitCode = tested.arrived ? exitCodes.done : exitCodes.attention
      return { data: { poolId, ...tested }, text: tested.explanation, exitCode }
    }
    return keep ? describeKept(await care.keep()) : describeReview(await care.review(), paint)
  },
})

function readPool(text: string): string {
  if (isPoolId(text)) return text
  throw new InvalidArgumentError('The id of a pool is digits, such as 17.')
}

function describeReview(review: SubscriptionReview, paint: Paint): Report {
  const { pools, toRemove, webhookUrl } = review
  const uncovered = pools.filter(({ coverage }) => coverage !== 'covered')
  const rows = pools.map(({ poolId, coverage }) => [
    poolId,
    paint(coverage === 'covered' ? 'green' : 'yellow', words[coverage]),
  ])
  const lines = [
    ...(rows.length === 0
      ? ['No pool in scope is open.']
      : [table(['POOL', 'SUBSCRIPTION'], rows, paint), '']),
    `Toloka sends to ${escapeInvisible(webhookUrl)}`,
    ...(uncovered.length + toRemove.length === 0
      ? []
      : [
          `To put in place: ${uncovered.length}, to remove: ${toRemove.length}. The next sweep does it, or --keep now.`,
        ]),
  ]
  return {
    data: {
      webhookUrl,
      pools,
      toRemove: toRemove.map(({ id, poolId }) => ({ subscriptionId: id, poolId })),
    },
    text: lines.join('\n'),
    exitCode: uncovered.length === 0 ? exitCodes.done : exitCodes.attention,
  }
}

function describeKept(kept: KeptSubscriptions): Report {
  const { outcome, problem, covered, put, removed, refused } = kept
  const lines = [
    `${count(covered, 'pool')} covered already, ${put} put in place, ${removed} removed.`,
    ...refused.map((one) => `Pool ${one.poolId}: ${escapeInvisible(one.problem)}`),
    ...(problem === null ? [] : [escapeInvisible(problem)]),
  ]
  const worked = refused.length === 0 ? exitCodes.done : exitCodes.attention
  return {
    data: kept,
    text: lines.join('\n'),
    exitCode: outcome === 'finished' ? worked : exitCodes.failed,
  }
}
