import * as z from 'zod/mini'
import { partOfStack, secretArn } from './part-of-stack.ts'
import { webhookTolerance } from './webhook-tolerance.ts'

/**
 * What the function that takes webhooks is told. Apart from all other settings: each takes time to
 * make at the start of a function, and this is the one for which somebody waits.
 */
export const webhookSettings = z.object({
  SERVICE_NAME: partOfStack('the name of the stack'),
  TOLOKA_WEBHOOK_SECRET: secretArn,
  WEBHOOK_TOLERANCE: webhookTolerance,
  WAKE_UP_QUEUE_URL: partOfStack('the address of the queue for wake-ups'),
})
