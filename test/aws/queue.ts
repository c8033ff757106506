import { randomUUID } from 'node:crypto'
import {
  CreateQueueCommand,
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

export interface MadeQueue {
  readonly url: string
  readonly arn: string
  /** All that is in it and not delayed; it is then empty. */
  readonly drain: () => Promise<readonly string[]>
}

/** A new queue that belongs to no stack. */
export async function makeQueue(connection: AwsConnection): Promise<MadeQueue> {
  const client = new SQSClient(connection)
  try {
    const QueueName = `contract-${randomUUID()}`
    const { QueueUrl: url = '' } = await client.send(new CreateQueueCommand({ QueueName }))
    const asked = { QueueUrl: url, AttributeNames: ['QueueArn' as const] }
    const { Attributes } = await client.send(new GetQueueAttributesCommand(asked))
    return { url, arn: Attributes?.QueueArn ?? '', drain: () => drain(connection, url) }
  } finally {
    client.destroy()
  }
}

async function drain(connection: AwsConnection, url: string): Promise<readonly string[]> {
  const queue = openQueue(connection, url)
  const bodies: string[] = []
  for (let taken = await queue.take(); taken !== null; taken = await queue.take()) {
    bodies.push(taken.body)
    await taken.remove()
  }
  queue.close()
  return bodies
}
