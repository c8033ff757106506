import * as z from 'zod/mini'
import { archiverSettings } from './archiver-settings.ts'
import { required, Unfit, withDefault, type Parse } from './setting.ts'
import { durationFromTo, parseVisibleText, wholeNumber } from './setting-values.ts'
import { settings } from './settings.ts'

const secretArnExpected =
  'the ARN of a secret in Secrets Manager, such as arn:aws:secretsmanager:eu-central-1:123456789012:secret:toloka-token-AbCdEf'

/** Where a secret is kept; the secret itself is never part of the settings. */
export const parseSecretArn: Parse<string> = (text) =>
  /^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:\S+$/.test(text)
    ? text
    : new Unfit(secretArnExpected)

/** Shown like any other setting, unless somebody put the secret itself in its place. */
const secretArn = required(secretArnExpected, parseSecretArn, { secret: true })

/** The name or address of a part of the stack, which the template fills in. */
function partOfStack(what: string) {
  return required(what, parseVisibleText)
}

/** The longest delay of SQS is a quarter of an hour. */
export const queueHorizon = withDefault('15m', durationFromTo('0', '15m'))

/** At least two: the fewest that SQS can limit a function to. */
export const wakeUpConcurrency = withDefault('4', wholeNumber(2, 1_000))

/** What the function that takes webhooks is told. */
export const webhookSettings = z.object({
  SERVICE_NAME: partOfStack('the name of the stack'),
  TOLOKA_WEBHOOK_SECRET: secretArn,
  WEBHOOK_TOLERANCE: settings.shape.WEBHOOK_TOLERANCE,
  WAKE_UP_QUEUE_URL: partOfStack('the address of the queue for wake-ups'),
})

const worker = z.extend(archiverSettings, {
  SERVICE_NAME: partOfStack('the name of the stack'),
  TOLOKA_TOKEN: secretArn,
  WAKE_UP_CONCURRENCY: wakeUpConcurrency,
  QUEUE_HORIZON: queueHorizon,
  TABLE_NAME: partOfStack('the name of the table'),
  WAKE_UP_QUEUE_URL: partOfStack('the address of the queue for wake-ups'),
  WAKE_UP_QUEUE_ARN: partOfStack('the ARN of the queue for wake-ups'),
  DEAD_LETTER_QUEUE_ARN: partOfStack('the ARN of the dead-letter queue'),
  SCHEDULE_GROUP: partOfStack('the name of the group of schedules'),
  SCHEDULER_ROLE_ARN: partOfStack('the ARN of the role of EventBridge Scheduler'),
  EVENT_BUS: partOfStack('the name of the event bus'),
})

/** What the function that looks at pools is told. */
export const wakeUpSettings = z.extend(worker, {
  DEAD_LETTER_QUEUE_URL: partOfStack('the address of the dead-letter queue'),
})

/** What the function that sweeps is told. */
export const sweepSettings = z.extend(worker, {
  SWEEP_QUEUE_URL: partOfStack('the address of the queue for sweeps'),
})

export type WorkerSettings = z.output<typeof worker>
