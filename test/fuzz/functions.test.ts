import { deepStrictEqual } from 'node:assert/strict'
import { afterAll, beforeAll } from '@jest/globals'
import { array, asyncProperty, constantFrom, oneof, record, string, tuple } from 'fast-check'
import * as z from 'zod/mini'
import { startStack, type Stack } from '../handlers/stack.ts'
import { deliver, someDraft } from './arbitrary-deliveries.ts'
import { changeJson, someChanges, writeJson } from './arbitrary-json.ts'
import { canaries, expectNoCanary } from './canary.ts'
import { judgeDelivery } from './delivery-judge.ts'
import { fuzz } from './fuzz.ts'
import { isWakeUp } from './wake-up-judge.ts'
import { startFunction, type WarmFunction } from './warm-function.ts'

let stack: Stack
let webhook: WarmFunction
let wakeUp: WarmFunction

beforeAll(async () => {
  const { token, secret, previous } = canaries
  stack = await startStack({ token, webhook: secret, webhookBefore: previous })
  webhook = startFunction(stack, 'webhook')
  wakeUp = startFunction(stack, 'wake-up')
})

afterAll(async () => {
  await Promise.all([webhook.end(), wakeUp.end()])
  await stack.close()
})

const sentMessage = z.object({ QueueUrl: z.string(), MessageBody: z.string() })

/** What went to a queue since there were so many calls. */
function sentTo(queue: string, since: number): readonly string[] {
  return stack.calls
    .slice(since)
    .filter(({ operation }) => operation === 'AmazonSQS.SendMessage')
    .map(({ input }) => z.parse(sentMessage, input))
    .flatMap(({ QueueUrl, MessageBody }) => (QueueUrl.endsWith(queue) ? [MessageBody] : []))
}

const answerShape = z.object({ statusCode: z.int(), headers: z.unknown(), body: z.string() })
const poolOf = (message: string): string =>
  z.parse(z.object({ poolId: z.string() }), JSON.parse(message)).poolId

fuzz('deliveries to the function', () =>
  asyncProperty(
    someDraft,
    constantFrom('base64', 'text', 'no event at all'),
    async (draft, form) => {
      const delivery = deliver(draft, Date.now())
      const { contentType, signature, body } = delivery
      const isBase64Encoded = form === 'base64' || !isText(body)
      const event = {
        version: '2.0',
        headers: {
          ...(contentType === null ? {} : { 'content-type': contentType }),
          ...(signature === null ? {} : { 'toloka-signature': signature }),
        },
        isBase64Encoded,
        body: Buffer.from(body).toString(isBase64Encoded ? 'base64' : 'utf8'),
      }
      const before = stack.calls.length
      const came = await webhook.invoke(form === 'no event at all' ? {} : event)
      const { statusCode: status, ...rest } = z.parse(answerShape, came)

      const arrived = form === 'no event at all' ? nothing : delivery
      judgeDelivery(arrived, Date.now(), {
        status,
        woken: sentTo('wake-ups', before).map(poolOf),
        said: [rest, webhook.takeOutput()],
      })
    },
  ),
)

const nothing = { contentType: null, signature: null, body: Buffer.alloc(0) }

function isText(body: Uint8Array): boolean {
  return Buffer.from(Buffer.from(body).toString()).equals(body)
}

const someWakeUp = record({
  version: constantFrom(1),
  poolId: constantFrom('17', '18'),
  cause: constantFrom('timer', 'hint'),
  dueAt: constantFrom(0, 1_767_607_200_000),
})
const someMessage = oneof(
  someWakeUp.map(writeJson),
  tuple(someWakeUp, someChanges).map(([value, changes]) => writeJson(changeJson(value, changes))),
  string({ unit: 'binary', maxLength: 40 }),
)

fuzz('messages to the function', () =>
  asyncProperty(array(someMessage, { minLength: 1, maxLength: 10 }), async (bodies) => {
    const before = stack.calls.length
    const Records = bodies.map((body, index) => ({ messageId: `message-${index}`, body }))
    const came = await wakeUp.invoke({ Records })

    deepStrictEqual(came, { batchItemFailures: [] })
    const unreadable = bodies.filter((body) => !isWakeUp(body))
    deepStrictEqual(sentTo('dead-letters', before).toSorted(), unreadable.toSorted())
    expectNoCanary(wakeUp.takeOutput(), stack.calls.slice(before))
  }),
)
