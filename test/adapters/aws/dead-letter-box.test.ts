import { createHash } from 'node:crypto'
import { SQSClient } from '@aws-sdk/client-sqs'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { createDeadLetterBox } from '../../../functions/adapters/aws/dead-letter-box.ts'
import { startAwsEndpoint, type AwsEndpoint } from './aws-endpoint.ts'
import { MessageBox } from './message-box.ts'

const sentAt = Date.UTC(2026, 0, 5)

let aws: AwsEndpoint
let messages: MessageBox

beforeEach(async () => {
  messages = new MessageBox()
  aws = await startAwsEndpoint((call) => messages.answer(call, sentAt))
})
afterEach(() => aws.close())

const open = () => createDeadLetterBox(new SQSClient(aws.options), 'https://sqs.test/dead-letters')

test('A message that nobody ever received was never worked on', async () => {
  messages.put('one')
  expect(await open().list(1)).toMatchObject([{ message: 'one', failures: 0, problem: null }])
})

test('A message of Scheduler is unwrapped, and says why it could not be sent', async () => {
  messages.put('{"MessageBody":"{\\"sweep\\":true}","QueueUrl":"x"}', {
    ERROR_MESSAGE: 'The queue is gone.',
  })
  expect(await open().list(9)).toMatchObject([
    { message: '{"sweep":true}', problem: 'The queue is gone.', writtenAt: sentAt },
  ])
})

test('A message without any attribute is shown all the same', async () => {
  const body = 'bare'
  const checksum = createHash('md5').update(body).digest('hex')
  await aws.close()
  aws = await startAwsEndpoint(({ operation }) => ({
    body: operation.endsWith('ReceiveMessage')
      ? { Messages: [{ Body: body, MD5OfBody: checksum, ReceiptHandle: 'handle' }] }
      : {},
  }))
  expect(await open().list(1)).toEqual([
    { id: 'handle', message: body, problem: null, failures: null, writtenAt: null },
  ])
})
