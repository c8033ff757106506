import type { Question, Switch } from '../probe.ts'

function question(text: string, why: string, ...switches: readonly Switch[]): Question {
  return { number: '11', text, why, switches }
}

const verifying = 'Genuine webhooks must not be refused, and forged ones must.'
const reading = 'What cannot be read cannot hint at a pool.'

/** What there is to ask about webhooks. */
export const webhookQuestions = {
  identity: question(
    'Does a second address for the same pool and event make a second subscription?',
    'A new secret gets an address of its own, and the old one is removed only after that.',
    'subscriptionIdentity',
  ),
  arrayStatus: question(
    'Is an array of subscriptions answered by 201?',
    'The documents contradict each other; the archiver takes any 2xx.',
    'subscriptionArrayStatus',
  ),
  testStatus: question(
    'Is a test notification answered by 201?',
    'The documents contradict each other; the archiver takes any 2xx.',
    'testNotificationStatus',
  ),
  testEvent: question('Is a test event wrapped in `events`?', reading, 'testEvent'),
  eventBody: question('Is a POOL_CLOSED event wrapped in `events`?', reading, 'eventBody'),
  form: question(
    'Is the signature header {v=…, ts=…, sign=…}, in this order?',
    verifying,
    'signatureForm',
  ),
  body: question('Is the body compact, and signed as it is sent?', verifying, 'webhookBody'),
  zeros: question(
    'Does a signature keep its leading zeros?',
    'Otherwise one genuine webhook of sixteen looks too short.',
    'signLeadingZeros',
  ),
  forUpdate: question(
    'Does closing for an update send POOL_CLOSED?',
    'Such a pool opens again by itself.',
    'closedForUpdateWebhook',
  ),
  repeats: question(
    'Is a webhook that was answered by 500 lost for ever?',
    'A hint that the archiver could not keep is answered by an error.',
    'redelivery',
  ),
  timeout: question(
    'Is a webhook repeated after a time-out?',
    'A slow answer must not lose a hint.',
  ),
}
