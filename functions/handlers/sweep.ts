import type { Context, SQSEvent } from 'aws-lambda'
import { openSweep } from '../runtime/aws-sweep.ts'

const sweep = openSweep()

/** Looks through all closed pools. What a message says does not matter: each means "sweep now". */
export async function handler({ Records }: SQSEvent, context: Context): Promise<void> {
  for (const { messageId } of Records) {
    await sweep({ owner: messageId, remainingMs: context.getRemainingTimeInMillis() })
  }
}
