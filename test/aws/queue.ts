import {
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs'
import type { AwsConnection } from './aws-connection.ts'

const counters = [
  'ApproximateNumberOfMessages',
  'ApproximateNumberOfMessagesDelayed',
  'ApproximateNumberOfMessagesNotVisible',
] as const

export interface TakenMessage {
  readonly body: string
  /** Takes it out of the queue for good. */
  readonly remove: () => Promise<void>
}

export interface Queue {
  readonly send: (body: string, delaySeconds?: number) => Promise<void>
  /** A message that nobody else is at, or null. */
  readonly take: () => Promise<TakenMessage | null>
  /** All messages: waiting, delayed and taken. */
  readonly count: () => Promise<number>
  readonly close: () => void
}

export function openQueue(connection: AwsConnection, url: string): Queue {
  const client = new SQSClient(connection)
  return {
    send: async (body, delaySeconds = 0) => {
      await client.send(
        new SendMessageCommand({ QueueUrl: url, MessageBody: body, DelaySeconds: delaySeconds }),
      )
    },
    take: async () => {
      const { Messages: [message] = [] } = await client.send(
        new ReceiveMessageCommand({ QueueUrl: url, VisibilityTimeout: 30 }),
      )
      if (message?.Body === undefined) return null
      const { Body: body, ReceiptHandle: handle } = message
      const remove = async (): Promise<void> => {
        await client.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: handle }))
      }
      return { body, remove }
    },
    count: async () => {
      const { Attributes: counts } = await client.send(
        new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: [...counters] }),
      )
      return counters.reduce((sum, name) => sum + Number(counts?.[name] ?? 0), 0)
    },
    close: () => client.destroy(),
  }
}
