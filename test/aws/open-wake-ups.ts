import { randomUUID } from 'node:crypto'
import {
  CreateScheduleGroupCommand,
  GetScheduleCommand,
  SchedulerClient,
} from '@aws-sdk/client-scheduler'
import { SQSClient } from '@aws-sdk/client-sqs'
import * as z from 'zod/mini'
import { createQueue } from '../../functions/adapters/aws/queue.ts'
import { createWakeUps } from '../../functions/adapters/aws/wake-ups.ts'
import type { WakeUp } from '../../functions/application/ports.ts'
import { dayMs, hourMs, minuteMs } from '../../functions/domain/instant.ts'
import type { WakeUpsFixture } from '../contract/wake-ups-contract.ts'
import type { AwsConnection } from './aws-connection.ts'
import { listSchedules } from './list-schedules.ts'
import { makeQueue } from './queue.ts'

/** The time in `openWakeUps`: far enough ahead that no schedule fires while it is looked at. */
export const wakeUpStart = Math.ceil((Date.now() + 30 * dayMs) / hourMs) * hourMs

/** Wake-ups further ahead are schedules, the others wait in the queue. */
export const queueHorizonMs = 15 * minuteMs

const wakeUpText = z.object({
  version: z.literal(1),
  poolId: z.string(),
  cause: z.enum(['timer', 'hint']),
  dueAt: z.int(),
})
const parseWakeUp = (text: string): WakeUp => z.parse(wakeUpText, JSON.parse(text))

/** A new queue and a new group of schedules. What the queue delays is not seen as pending. */
export async function openWakeUps(connection: AwsConnection): Promise<WakeUpsFixture> {
  const sqs = new SQSClient(connection)
  const scheduler = new SchedulerClient(connection)
  const [{ url, arn, drain }, group] = [await makeQueue(connection), `contract-${randomUUID()}`]
  await scheduler.send(new CreateScheduleGroupCommand({ Name: group }))
  const open = () =>
    createWakeUps({
      queue: createQueue(sqs, url),
      scheduling: {
        client: scheduler,
        group,
        roleArn: 'arn:aws:iam::000000000000:role/scheduler',
        queueArn: arn,
        deadLetterQueueArn: arn,
      },
      clock: { now: () => wakeUpStart },
      queueHorizonMs,
    })
  return {
    wakeUps: open(),
    rival: open(),
    readPending: async () => {
      const scheduled = await Promise.all(
        (await listSchedules(connection, group)).map(async (Name) => {
          const asked = new GetScheduleCommand({ Name, GroupName: group })
          return (await scheduler.send(asked)).Target?.Input ?? ''
        }),
      )
      return [...(await drain()), ...scheduled].map(parseWakeUp)
    },
    close: async () => {
      sqs.destroy()
      scheduler.destroy()
    },
  }
}
