import { EventBridgeClient } from '@aws-sdk/client-eventbridge'
import { afterEach, expect, test } from '@jest/globals'
import { createEventAnnouncer } from '../../../functions/adapters/aws/event-announcer.ts'
import type { Announcement } from '../../../functions/domain/record.ts'
import { startAwsEndpoint, type AwsEndpoint } from './aws-endpoint.ts'

const announcement: Announcement = {
  id: '17:3',
  kind: 'PoolArchivalPlanned',
  poolId: '17',
  reason: 'appeal-window',
  detail: null,
  dueAt: Date.parse('2026-12-03T11:00:00Z'),
  at: Date.parse('2026-11-24T10:00:00Z'),
}

let aws: AwsEndpoint

afterEach(() => aws.close())

test('An announcement is an event that says all by itself', async () => {
  aws = await startAwsEndpoint(() => ({
    body: { FailedEntryCount: 0, Entries: [{ EventId: 'e' }] },
  }))
  await createEventAnnouncer(new EventBridgeClient(aws.options), 'archiver-dev').announce(
    announcement,
  )

  expect(aws.calls).toEqual([
    {
      operation: 'AWSEvents.PutEvents',
      input: {
        Entries: [
          {
            EventBusName: 'archiver-dev',
            Source: 'toloka-pool-archiver',
            DetailType: 'PoolArchivalPlanned',
            Detail: JSON.stringify({
              version: 1,
              id: '17:3',
              poolId: '17',
              reason: 'appeal-window',
              text: 'Something was rejected less than nine days ago; the worker may appeal.',
              detail: null,
              dueAt: '2026-12-03T11:00:00.000Z',
              at: '2026-11-24T10:00:00.000Z',
            }),
            Time: announcement.at / 1_000,
          },
        ],
      },
    },
  ])
})

test.each([
  [
    'it refuses',
    { FailedEntryCount: 1, Entries: [{ ErrorCode: 'InternalFailure', ErrorMessage: 'no' }] },
  ],
  ['it says nothing', {}],
])(
  'An event that EventBridge has not taken is an error, though it answers 200: %s',
  async (_why, body) => {
    aws = await startAwsEndpoint(() => ({ body }))
    const announcer = createEventAnnouncer(new EventBridgeClient(aws.options), 'archiver-dev')

    await expect(announcer.announce(announcement)).rejects.toThrow(
      /^EventBridge did not take event 17:3 of pool 17: /,
    )
  },
)
