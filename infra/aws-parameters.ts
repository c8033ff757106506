import * as z from 'zod/mini'
import { queueHorizon, slackArn, wakeUpConcurrency } from '../functions/runtime/aws-settings.ts'
import { secretArn } from '../functions/runtime/part-of-stack.ts'
import { optional, Unfit, withDefault, type Parse } from '../functions/runtime/setting.ts'
import {
  durationFromTo,
  parseWebAddress,
  wholeNumber,
} from '../functions/runtime/setting-values.ts'

const parseEmail: Parse<string> = (text) =>
  /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text)
    ? text
    : new Unfit('an e-mail address, such as pools@example.org')

/** What CloudWatch Logs offers. */
const retentions = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288,
  3653,
]

const parseRetention: Parse<number> = (text) =>
  retentions.find((days) => String(days) === text) ??
  new Unfit(`a number of days out of ${retentions.join(', ')}`)

/** The word for the address that the stack itself has; it is known only once there is a stack. */
export const ownAddress = 'stack'

const parseStageWebAddress: Parse<string> = (text) => {
  if (text === ownAddress) return text
  const address = parseWebAddress(text)
  return address instanceof Unfit
    ? new Unfit(`${ownAddress}, for the address of the stack itself, or ${address.expected}`)
    : address
}

/** The parameters that only AWS has, or that are something else there. */
export const awsParameters = z.object({
  TOLOKA_TOKEN: secretArn,
  SLACK_WEBHOOK_URL: slackArn,
  WAKE_UP_CONCURRENCY: wakeUpConcurrency,
  QUEUE_HORIZON: queueHorizon,
  VISIBILITY_TIMEOUT: withDefault('12m', durationFromTo('1s', '12h')),
  MAX_RECEIVE_COUNT: withDefault('5', wholeNumber(1, 1000)),
  WEBHOOK_URL: optional(parseStageWebAddress),
  NOTIFICATION_EMAIL: optional(parseEmail),
  LOG_RETENTION_DAYS: withDefault('90', parseRetention),
})
