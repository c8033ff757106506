import {
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs'
import * as z from 'zod/mini'
import type { DeadLetter, DeadLetterBox } from '../../application/operator-ports.ts'

/** Others do not see for so long what was received: enough to read it and to decide. */
const hiddenForSeconds = 300
/** SQS gives no more at once. */
const batch = 10
/** Asks all of its servers; at once it would ask some of them, and might find nothing there. */
const waitSeconds = 2

const message = z.object({
  Body: z.string(),
  ReceiptHandle: z.string(),
  Attributes: z.optional(
    z.object({
      SentTimestamp: z.optional(z.string()),
      ApproximateReceiveCount: z.optional(z.string()),
    }),
  ),
  /** EventBridge Scheduler says in them why it could not send. */
  MessageAttributes: z.optional(
    z.object({ ERROR_MESSAGE: z.optional(z.object({ StringValue: z.optional(z.string()) })) }),
  ),
})

const depth = z.object({ ApproximateNumberOfMessages: z.string().check(z.regex(/^\d+$/)) })

/** Scheduler may wrap what it was to send. */
const wrapped = z.object({ MessageBody: z.string() })

/** A dead-letter queue of SQS. Every call may throw an error of the AWS SDK. */
export function createDeadLetterBox(
  client: Pick<SQSClient, 'send'>,
  queueUrl: string,
): DeadLetterBox {
  const receive = async (limit: number): Promise<readonly DeadLetter[]> => {
    const { Messages } = await client.send(
      new ReceiveMessageCommand({
        QueueUrl: queueUrl,
        MaxNumberOfMessages: Math.min(limit, batch),
        VisibilityTimeout: hiddenForSeconds,
        WaitTimeSeconds: waitSeconds,
        MessageSystemAttributeNames: ['SentTimestamp', 'ApproximateReceiveCount'],
        MessageAttributeNames: ['ERROR_MESSAGE'],
      }),
    )
    return z.parse(z.array(message), Messages ?? []).map(toLetter)
  }
  return {
    list: async (limit) => {
      const letters: DeadLetter[] = []
      while (letters.length < limit) {
        const received = await receive(limit - letters.length)
        if (received.length === 0) break
        letters.push(...received)
      }
      return letters
    },
    count: async () => {
      const name = 'ApproximateNumberOfMessages'
      const { Attributes } = await client.send(
        new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: [name] }),
      )
      return Number(z.parse(depth, Attributes)[name])
    },
    remove: async ({ id }) => {
      await client.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle: id }))
    },
  }
}

function toLetter(received: z.infer<typeof message>): DeadLetter {
  const { Body, ReceiptHandle, Attributes, MessageAttributes } = received
  const sentAt = Attributes?.SentTimestamp
  const count = Attributes?.ApproximateReceiveCount
  return {
    id: ReceiptHandle,
    message: unwrap(Body),
    problem: MessageAttributes?.ERROR_MESSAGE?.StringValue ?? null,
    // To show it is to receive it.
    failures: count === undefined ? null : Number(count) - 1,
    writtenAt: sentAt === undefined ? null : Number(sentAt),
  }
}

function unwrap(body: string): string {
  try {
    return z.parse(wrapped, JSON.parse(body)).MessageBody
  } catch {
    return body
  }
}
