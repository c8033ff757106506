import * as z from 'zod/mini'
import type {
  SubscriptionOutcome,
  Subscriptions,
  WantedSubscription,
  WebhookSubscription,
} from '../../application/subscription-ports.ts'
import { shorten } from '../../domain/shorten.ts'
import { idField, optionalDate, optionalText } from './fields.ts'
import { readPages } from './page.ts'
import { parseAnswer, parsePart } from './parse-answer.ts'
import { checkPoolId, toPathPart } from './path.ts'
import { payloadOf, toRefusal } from './refusal.ts'
import type { Send } from './request.ts'

const batchSize = 100
const path = 'webhook-subscriptions'

const subscriptionSchema = z.object({
  id: idField,
  pool_id: idField,
  event_type: z.string(),
  webhook_url: z.string(),
  created: optionalDate,
})

/** By the index in the request, then by field. */
const problemsSchema = z.record(
  z.string().check(z.regex(/^\d+$/)),
  z.record(z.string(), z.object({ code: optionalText, message: optionalText })),
)

const putSchema = z.object({
  items: z.nullish(z.record(z.string(), subscriptionSchema)),
  validation_errors: z.nullish(problemsSchema),
})

/** The only answers of Toloka in camelCase. */
const testSchema = z.object({
  success: z.boolean(),
  errorType: optionalText,
  originalStatusCode: z.nullish(z.number()),
})

export function createSubscriptions(send: Send): Subscriptions {
  return {
    put: async (wanted) => {
      const outcomes: SubscriptionOutcome[] = []
      for (let start = 0; start < wanted.length; start += batchSize) {
        outcomes.push(...(await putBatch(send, wanted.slice(start, start + batchSize))))
      }
      return outcomes
    },
    list: async (eventType) => {
      const found: WebhookSubscription[] = []
      for await (const { answer, items } of readPages(send, path, { event_type: eventType })) {
        for (const [index, item] of items.entries()) {
          const parsed = parsePart(answer, item, subscriptionSchema, ['items', index])
          found.push(toSubscription(parsed))
        }
      }
      return found
    },
    remove: async (subscriptionId) => {
      const one = `${path}/${toPathPart(subscriptionId)}`
      await send({ method: 'DELETE', path: one, alsoAccepted: [404] })
    },
    test: async (subscriptionId) => {
      const one = `${path}/${toPathPart(subscriptionId)}/test`
      const answer = await send({ method: 'POST', path: one })
      const { success, errorType, originalStatusCode } = parseAnswer(answer, testSchema)
      return {
        success,
        errorType: shorten(errorType ?? null),
        receivedStatus: originalStatusCode ?? null,
      }
    },
  }
}

/** Toloka refuses the whole request when it would take none of it, with the same explanations. */
async function putBatch(
  send: Send,
  wanted: readonly WantedSubscription[],
): Promise<readonly SubscriptionOutcome[]> {
  const answer = await send({
    method: 'PUT',
    path,
    json: wanted.map(({ poolId, eventType, webhookUrl, secretKey }) => ({
      webhook_url: webhookUrl,
      event_type: eventType,
      pool_id: checkPoolId(poolId),
      secret_key: secretKey,
    })),
    alsoAccepted: [400],
    secrets: wanted.map(({ secretKey }) => secretKey),
  })
  if (answer.status === 400) {
    const { data } = problemsSchema.safeParse(payloadOf(answer))
    if (data === undefined || Object.keys(data).length === 0) throw toRefusal(answer)
    return wanted.map(({ poolId }, index) => toOutcome(poolId, undefined, data[index]))
  }
  const { items, validation_errors: problems } = parseAnswer(answer, putSchema)
  return wanted.map(({ poolId }, index) => toOutcome(poolId, items?.[index], problems?.[index]))
}

function toOutcome(
  poolId: string,
  taken: z.output<typeof subscriptionSchema> | undefined,
  problems: z.output<typeof problemsSchema>[string] | undefined,
): SubscriptionOutcome {
  if (taken !== undefined) return { poolId, subscription: toSubscription(taken), problem: null }
  const fields = Object.entries(problems ?? {}).map(
    ([field, { code, message }]) => `${field}: ${[code, message].filter(Boolean).join(' ')}`,
  )
  const problem = fields.length === 0 ? 'not taken, and no reason given' : fields.join('; ')
  return { poolId, subscription: null, problem: shorten(problem) }
}

function toSubscription(subscription: z.output<typeof subscriptionSchema>): WebhookSubscription {
  const { id, pool_id: poolId, event_type: eventType, webhook_url: webhookUrl } = subscription
  return { id, poolId, eventType, webhookUrl, createdAt: subscription.created ?? null }
}
