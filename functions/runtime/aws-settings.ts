import * as z from 'zod/mini'
import { archiverSettings } from './archiver-settings.ts'
import { partOfStack, secretArn } from './part-of-stack.ts'
import { optional, withDefault } from './setting.ts'
import { durationFromTo, parseSecretArn, wholeNumber } from './setting-values.ts'
import { settings } from './settings.ts'

/** Where the address of Slack is kept, if there is one. */
export const slackArn = optional(parseSecretArn, { secret: true })

/** The longest delay of SQS is a quarter of an hour. */
export const queueHorizon = withDefault('15m', durationFromTo('0', '15m'))

/** At least two: the fewest that SQS can limit a function to. */
export const wakeUpConcurrency = withDefault('2', wholeNumber(2, 1_000))

const worker = z.extend(archiverSettings, {
  SERVICE_NAME: partOfStack('the name of the stack'),
  TOLOKA_TOKEN: secretArn,
  SLACK_WEBHOOK_URL: slackArn,
  WAKE_UP_CONCURRENCY: wakeUpConcurrency,
  TABLE_NAME: partOfStack('the name of the table'),
  WAKE_UP_QUEUE_URL: partOfStack('the address of the queue for wake-ups'),
  EVENT_BUS: partOfStack('the name of the event bus'),
})

/** What the function that looks at pools is told. */
export const wakeUpSettings = z.extend(worker, {
  QUEUE_HORIZON: queueHorizon,
  WAKE_UP_QUEUE_ARN: partOfStack('the ARN of the queue for wake-ups'),
  DEAD_LETTER_QUEUE_URL: partOfStack('the address of the dead-letter queue'),
  DEAD_LETTER_QUEUE_ARN: partOfStack('the ARN of the dead-letter queue'),
  SCHEDULE_GROUP: partOfStack('the name of the group of schedules'),
  SCHEDULER_ROLE_ARN: partOfStack('the ARN of the role of EventBridge Scheduler'),
})

/**
 * What the function that sweeps is told. It wakes only what is due, so it schedules nothing. Without
 * WEBHOOK_URL it makes no subscriptions.
 */
export const sweepSettings = z.extend(worker, {
  SWEEP_QUEUE_URL: partOfStack('the address of the queue for sweeps'),
  TOLOKA_WEBHOOK_SECRET: secretArn,
  WEBHOOK_URL: settings.shape.WEBHOOK_URL,
  TOPIC_ARN: partOfStack('the ARN of the topic for people'),
})

export type WorkerSettings = z.output<typeof worker>
