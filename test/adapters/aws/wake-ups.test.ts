import { SchedulerClient } from '@aws-sdk/client-scheduler'
import { SQSClient } from '@aws-sdk/client-sqs'
import { afterEach, describe, expect, test } from '@jest/globals'
import { createImmediateWakeUps } from '../../../functions/adapters/aws/immediate-wake-ups.ts'
import { createQueue } from '../../../functions/adapters/aws/queue.ts'
import { createWakeUps } from '../../../functions/adapters/aws/wake-ups.ts'
import type { WakeUp, WakeUps } from '../../../functions/application/ports.ts'
import { dayMs, minuteMs, secondMs } from '../../../functions/domain/instant.ts'
import {
  awsError,
  startAwsEndpoint,
  takeMessage,
  type AwsAnswer,
  type AwsEndpoint,
} from './aws-endpoint.ts'

const now = Date.parse('2026-11-24T10:00:30.250Z')
const queueUrl = 'https://sqs.eu-central-1.amazonaws.com/123456789012/wake-ups'
const queueArn = 'arn:aws:sqs:eu-central-1:123456789012:wake-ups'
const deadLetterQueueArn = 'arn:aws:sqs:eu-central-1:123456789012:dead-letters'
const roleArn = 'arn:aws:iam::123456789012:role/scheduler'

let aws: AwsEndpoint

afterEach(() => aws.close())

/** @param refusal what both services answer, if they do not take what is sent */
async function open(refusal?: AwsAnswer, horizonMs = 15 * minuteMs): Promise<WakeUps> {
  aws = await startAwsEndpoint((call) => {
    if (refusal) return refusal
    return call.operation === 'AmazonSQS.SendMessage' ? takeMessage(call) : { body: {} }
  })
  return createWakeUps({
    queue: createQueue(new SQSClient(aws.options), queueUrl),
    scheduling: {
      client: new SchedulerClient(aws.options),
      group: 'archiver-dev',
      roleArn,
      queueArn,
      deadLetterQueueArn,
    },
    clock: { now: () => now },
    queueHorizonMs: horizonMs,
  })
}

function timer(dueAt: number): WakeUp {
  return { version: 1, poolId: '17', cause: 'timer', dueAt }
}

describe('A wake-up within a quarter of an hour', () => {
  test.each([
    ['long ago', -dayMs, 0],
    ['now', 0, 0],
    ['in a millisecond', 1, 1],
    ['in ten seconds', 10 * secondMs, 10],
    ['in fifteen minutes', 15 * minuteMs, 900],
  ])('%s waits in the queue, and never too short', async (_name, aheadMs, DelaySeconds) => {
    const wakeUps = await open()
    await wakeUps.request(timer(now + aheadMs))

    expect(aws.calls).toEqual([
      {
        operation: 'AmazonSQS.SendMessage',
        input: {
          QueueUrl: queueUrl,
          MessageBody: JSON.stringify(timer(now + aheadMs)),
          DelaySeconds,
        },
      },
    ])
  })

  test('is an error if the queue does not take it', async () => {
    const wakeUps = await open(awsError('QueueDoesNotExist'))

    await expect(wakeUps.request(timer(now))).rejects.toThrow('This is QueueDoesNotExist.')
  })
})

describe('A wake-up further ahead', () => {
  const dueAt = Date.parse('2026-12-03T10:20:00.001Z')

  test('is a schedule of its own, stated whole', async () => {
    const wakeUps = await open()
    await wakeUps.request(timer(dueAt))

    expect(aws.calls).toEqual([
      {
        operation: 'POST /schedules/17-2026-12-03T10-21',
        input: {
          ClientToken: expect.any(String),
          GroupName: 'archiver-dev',
          ScheduleExpression: 'at(2026-12-03T10:21:00)',
          ScheduleExpressionTimezone: 'UTC',
          FlexibleTimeWindow: { Mode: 'OFF' },
          ActionAfterCompletion: 'DELETE',
          Target: {
            Arn: queueArn,
            RoleArn: roleArn,
            Input: JSON.stringify(timer(dueAt)),
            RetryPolicy: { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 },
            DeadLetterConfig: { Arn: deadLetterQueueArn },
          },
        },
      },
    ])
  })

  test('begins where the queue ends', async () => {
    const wakeUps = await open(undefined, 5 * secondMs)
    await wakeUps.request(timer(now + 5 * secondMs))
    await wakeUps.request(timer(now + 5 * secondMs + 1))

    expect(aws.calls.map(({ operation }) => operation)).toEqual([
      'AmazonSQS.SendMessage',
      'POST /schedules/17-2026-11-24T10-01',
    ])
  })

  test('that is there already is there', async () => {
    const wakeUps = await open(awsError('ConflictException', 409))

    await expect(wakeUps.request(timer(dueAt))).resolves.toBeUndefined()
  })

  test.each(['ThrottlingException', 'ServiceQuotaExceededException', 'ResourceNotFoundException'])(
    'that cannot be made is an error: %s',
    async (name) => {
      const wakeUps = await open(awsError(name, 402))

      await expect(wakeUps.request(timer(dueAt))).rejects.toThrow(`This is ${name}.`)
    },
  )
})

test('A hint is a message for now', async () => {
  aws = await startAwsEndpoint(takeMessage)
  const hint = { ...timer(now + dayMs), cause: 'hint' } as const
  await createImmediateWakeUps(createQueue(new SQSClient(aws.options), queueUrl)).request(hint)

  expect(aws.calls).toEqual([
    {
      operation: 'AmazonSQS.SendMessage',
      input: { QueueUrl: queueUrl, MessageBody: JSON.stringify(hint), DelaySeconds: 0 },
    },
  ])
})
