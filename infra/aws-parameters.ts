import * as z from 'zod/mini'
import { durationExamples, parseDuration } from '../functions/runtime/duration.ts'
import {
  optional,
  requiredSecret,
  Unfit,
  withDefault,
  type Parse,
} from '../functions/runtime/setting.ts'
import { wholeNumber } from '../functions/runtime/setting-values.ts'

const secretArnExpected =
  "the ARN of the secret in AWS Secrets Manager that holds the requester's token, such as " +
  'arn:aws:secretsmanager:eu-central-1:123456789012:secret:toloka-token-AbCdEf'

/** With the six letters at its end, as a policy needs it. */
const parseSecretArn: Parse<string> = (text) =>
  /^arn:aws[a-z-]*:secretsmanager:[a-z\d-]+:\d{12}:secret:[\w/+=.@-]+-[A-Za-z\d]{6}$/.test(text)
    ? text
    : new Unfit(secretArnExpected)

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

function durationBetween(shortest: string, longest: string): Parse<number> {
  const shortestMs = parseDuration(shortest) ?? 0
  const longestMs = parseDuration(longest) ?? 0
  return (text) => {
    const durationMs = parseDuration(text)
    return durationMs !== null && durationMs >= shortestMs && durationMs <= longestMs
      ? durationMs
      : new Unfit(`a duration from ${shortest} to ${longest}, ${durationExamples}`)
  }
}

/** The parameters that only AWS has, or that are something else there. */
export const awsParameters = z.object({
  TOLOKA_TOKEN: requiredSecret(secretArnExpected, parseSecretArn),
  WAKE_UP_CONCURRENCY: withDefault('4', wholeNumber(2, 1000)),
  QUEUE_HORIZON: optional(durationBetween('0', '15m')),
  VISIBILITY_TIMEOUT: withDefault('12m', durationBetween('1s', '12h')),
  MAX_RECEIVE_COUNT: withDefault('5', wholeNumber(1, 1000)),
  NOTIFICATION_EMAIL: optional(parseEmail),
  LOG_RETENTION_DAYS: withDefault('90', parseRetention),
})

export type AwsParameters = z.infer<typeof awsParameters>
