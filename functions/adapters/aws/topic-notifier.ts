import { PublishCommand, SNSClient } from '@aws-sdk/client-sns'
import type { Notifier } from '../../application/ports.ts'
import { clientOptions } from './client-options.ts'

/** Tries once: a message whose answer got lost would come twice, and the next sweep tries again. */
export const connectSns = (): SNSClient => new SNSClient({ ...clientOptions, maxAttempts: 1 })

/** Of SNS, in characters; it takes ASCII only. */
const longestSubject = 100

/**
 * Tells whoever is subscribed to an SNS topic, by e-mail for example.
 *
 * @param sender who tells it; stands before the subject
 */
export function createTopicNotifier(
  client: Pick<SNSClient, 'send'>,
  topicArn: string,
  sender: string,
): Notifier {
  return {
    place: 'topic',
    hasAlarms: true,
    notify: async ({ subject, text }) => {
      const line = `${sender}: ${subject}`.replaceAll(/[^\x20-\x7e]/g, '?')
      const Subject = line.slice(0, longestSubject)
      await client.send(new PublishCommand({ TopicArn: topicArn, Subject, Message: text }))
    },
  }
}
