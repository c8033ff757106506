import { SNSClient } from '@aws-sdk/client-sns'
import { afterEach, expect, test } from '@jest/globals'
import { createTopicNotifier } from '../../../functions/adapters/aws/topic-notifier.ts'
import { startAwsEndpoint, type AwsEndpoint } from './aws-endpoint.ts'

const topic = 'arn:aws:sns:eu-central-1:123456789012:people'

let aws: AwsEndpoint

afterEach(() => aws.close())

test('A notice is a message to the topic, with who tells it in the subject', async () => {
  aws = await startAwsEndpoint(() => ({ body: null }))
  const { notify } = createTopicNotifier(new SNSClient(aws.options), topic, 'archiver-dev')
  await notify({ subject: '1 archived', text: 'Archived: 1\n- 17 Überschrift & <b>\n' })

  expect(aws.calls).toEqual([
    {
      operation: 'SNS.Publish',
      input: {
        TopicArn: topic,
        Subject: 'archiver-dev: 1 archived',
        Message: 'Archived: 1\n- 17 Überschrift & <b>\n',
      },
    },
  ])
})

test('A subject is what SNS takes for one', async () => {
  aws = await startAwsEndpoint(() => ({ body: null }))
  const { notify } = createTopicNotifier(new SNSClient(aws.options), topic, 'archiver-dev')
  await notify({ subject: `ä\n${'x'.repeat(200)}`, text: 'Hello.' })

  expect(aws.calls[0]?.input).toMatchObject({ Subject: `archiver-dev: ??${'x'.repeat(84)}` })
})

test('A notice that SNS does not take is an error', async () => {
  aws = await startAwsEndpoint(() => ({ status: 403, body: null }))
  const { notify } = createTopicNotifier(new SNSClient(aws.options), topic, 'archiver-dev')

  await expect(notify({ subject: '1 archived', text: 'Hello.' })).rejects.toThrow('No.')
})
