import type { SQSBatchResponse, SQSEvent } from 'aws-lambda'
import { openWakeUps } from '../runtime/aws-wake-ups.ts'

const handleMessages = openWakeUps()

/** Looks at the pools that the messages name. Messages that failed come again, the others do not. */
export async function handler({ Records }: SQSEvent): Promise<SQSBatchResponse> {
  const messages = Records.map(({ messageId, body }) => ({ id: messageId, body }))
  const failed = await handleMessages(messages)
  return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) }
}
