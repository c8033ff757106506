import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { secondMs } from '../../domain/instant.ts'
import { clientOptions } from './client-options.ts'
import type { AwsConnection } from './operator-connection.ts'

/** The longest that SQS delays a message. */
const longestDelayMs = 900 * secondMs

/** An SQS queue to send to. */
export interface Queue {
  /**
   * Durable when it returns. Shown to receivers after the delay, never before: whole seconds,
   * rounded up, none if it is negative.
   *
   * @throws RangeError if the delay is longer than SQS can delay
   * @throws an error of the AWS SDK
   */
  readonly send: (body: string, delayMs: number) => Promise<void>
}

/** @param connection what is not given is that of the environment */
export const connectSqs = (connection: Partial<AwsConnection> = {}): SQSClient =>
  new SQSClient({ ...clientOptions, ...connection })

export function createQueue(client: Pick<SQSClient, 'send'>, url: string): Queue {
  return {
    send: async (body, delayMs) => {
      if (delayMs > longestDelayMs) throw new RangeError(`SQS cannot delay by ${delayMs} ms.`)
      const DelaySeconds = Math.max(0, Math.ceil(delayMs / secondMs))
      await client.send(new SendMessageCommand({ QueueUrl: url, MessageBody: body, DelaySeconds }))
    },
  }
}
