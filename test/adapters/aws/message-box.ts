import { createHash, randomUUID } from 'node:crypto'
import * as z from 'zod/mini'
import type { AwsAnswer, AwsCall } from './aws-endpoint.ts'

interface Message {
  readonly body: string
  readonly attributes: Readonly<Record<string, string>>
  handle: string | null
  received: number
}

const receiving = z.object({
  MaxNumberOfMessages: z.int().check(z.gte(1), z.lte(10)),
  VisibilityTimeout: z.int(),
})
const deleting = z.object({ ReceiptHandle: z.string() })

/** As much of an SQS queue as receiving and deleting need; time passes only when it is told to. */
export class MessageBox {
  #messages: Message[] = []

  /** @param attributes texts that the sender gave along */
  put(body: string, attributes: Readonly<Record<string, string>> = {}): void {
    this.#messages.push({ body, attributes, handle: null, received: 0 })
  }

  get bodies(): readonly string[] {
    return this.#messages.map(({ body }) => body)
  }

  /** What was received can be received again. */
  letVisibilityEnd(): void {
    for (const message of this.#messages) message.handle = null
  }

  /** @param sentAt of each message, ms since the epoch */
  answer({ operation, input }: AwsCall, sentAt: number): AwsAnswer {
    if (operation === 'AmazonSQS.DeleteMessage') {
      const { ReceiptHandle } = z.parse(deleting, input)
      this.#messages = this.#messages.filter(({ handle }) => handle !== ReceiptHandle)
      return { body: {} }
    }
    if (operation === 'AmazonSQS.GetQueueAttributes') {
      const seen = this.#messages.filter(({ handle }) => handle === null).length
      return { body: { Attributes: { ApproximateNumberOfMessages: String(seen) } } }
    }
    const { MaxNumberOfMessages } = z.parse(receiving, input)
    const seen = this.#messages.filter(({ handle }) => handle === null)
    const given = seen.slice(0, MaxNumberOfMessages)
    for (const message of given) {
      message.handle = randomUUID()
      message.received += 1
    }
    const Messages = given.map((message) => show(message, sentAt))
    return { body: Messages.length === 0 ? {} : { Messages } }
  }
}

function show({ body, attributes, handle, received }: Message, sentAt: number): object {
  return {
    MessageId: handle,
    ReceiptHandle: handle,
    Body: body,
    MD5OfBody: createHash('md5').update(body).digest('hex'),
    Attributes: { SentTimestamp: String(sentAt), ApproximateReceiveCount: String(received) },
    MessageAttributes: Object.fromEntries(
      Object.entries(attributes).map(([name, StringValue]) => [
        name,
        { DataType: 'String', StringValue },
      ]),
    ),
  }
}
