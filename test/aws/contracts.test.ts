import { randomUUID } from 'node:crypto'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import {
  CreateEventBusCommand,
  EventBridgeClient,
  PutRuleCommand,
  PutTargetsCommand,
} from '@aws-sdk/client-eventbridge'
import {
  CreateScheduleGroupCommand,
  GetScheduleCommand,
  SchedulerClient,
} from '@aws-sdk/client-scheduler'
import { CreateQueueCommand, GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs'
import * as z from 'zod/mini'
import { createAccountStore } from '../../functions/adapters/aws/account-store.ts'
import { createArchivalStore } from '../../functions/adapters/aws/archival-store.ts'
import { createEventAnnouncer } from '../../functions/adapters/aws/event-announcer.ts'
import { createQueue } from '../../functions/adapters/aws/queue.ts'
import { createWakeUps } from '../../functions/adapters/aws/wake-ups.ts'
import type { WakeUp } from '../../functions/application/ports.ts'
import { dayMs, hourMs, minuteMs } from '../../functions/domain/instant.ts'
import { createTable } from '../adapters/aws/create-table.ts'
import { describeAccountStore } from '../contract/account-store-contract.ts'
import { describeAnnouncer } from '../contract/announcer-contract.ts'
import { describeArchivalStore } from '../contract/archival-store-contract.ts'
import { describeWakeUps } from '../contract/wake-ups-contract.ts'
import { emulatorConnection } from './aws-connection.ts'
import { listSchedules } from './list-schedules.ts'
import { openQueue } from './queue.ts'

const connection = emulatorConnection()
const dynamoDb = new DynamoDBClient(connection)
const sqs = new SQSClient(connection)
const scheduler = new SchedulerClient(connection)
const eventBridge = new EventBridgeClient(connection)
const noPause = async (): Promise<void> => {}
const close = async (): Promise<void> => {}

describeArchivalStore('DynamoDB of the emulator', async () => {
  const table = await createTable(dynamoDb)
  return {
    store: createArchivalStore(table, noPause),
    rival: createArchivalStore(table, noPause),
    close,
  }
})

describeAccountStore('DynamoDB of the emulator', async () => {
  const table = await createTable(dynamoDb)
  return { store: createAccountStore(table), rival: createAccountStore(table), close }
})

async function makeQueue(): Promise<{ readonly url: string; readonly arn: string }> {
  const QueueName = `contract-${randomUUID()}`
  const { QueueUrl: url = '' } = await sqs.send(new CreateQueueCommand({ QueueName }))
  const asked = { QueueUrl: url, AttributeNames: ['QueueArn' as const] }
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand(asked))
  return { url, arn: Attributes?.QueueArn ?? '' }
}

/** All that is in a queue, which is then empty. */
async function drain(url: string): Promise<readonly string[]> {
  const queue = openQueue(connection, url)
  const bodies: string[] = []
  for (let taken = await queue.take(); taken !== null; taken = await queue.take()) {
    bodies.push(taken.body)
    await taken.remove()
  }
  queue.close()
  return bodies
}

/** Far enough ahead that no schedule fires while it is looked at. */
const start = Math.ceil((Date.now() + 30 * dayMs) / hourMs) * hourMs

const wakeUpText = z.object({
  version: z.literal(1),
  poolId: z.string(),
  cause: z.enum(['timer', 'hint']),
  dueAt: z.int(),
})
const parseWakeUp = (text: string): WakeUp => z.parse(wakeUpText, JSON.parse(text))

describeWakeUps(
  'SQS and EventBridge Scheduler of the emulator',
  async () => {
    const [{ url, arn }, group] = [await makeQueue(), `contract-${randomUUID()}`]
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
        clock: { now: () => start },
        queueHorizonMs: 15 * minuteMs,
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
        return [...(await drain(url)), ...scheduled].map(parseWakeUp)
      },
      close,
    }
  },
  start,
)

const event = z.object({ 'detail-type': z.string(), detail: z.looseObject({}) })

describeAnnouncer('EventBridge of the emulator', async () => {
  const [{ url, arn }, bus] = [await makeQueue(), `contract-${randomUUID()}`]
  await eventBridge.send(new CreateEventBusCommand({ Name: bus }))
  const EventPattern = JSON.stringify({ source: ['toloka-pool-archiver'] })
  await eventBridge.send(new PutRuleCommand({ Name: bus, EventBusName: bus, EventPattern }))
  const Targets = [{ Id: 'queue', Arn: arn }]
  await eventBridge.send(new PutTargetsCommand({ Rule: bus, EventBusName: bus, Targets }))
  return {
    announcer: createEventAnnouncer(eventBridge, bus),
    told: async () =>
      (await drain(url)).map((body) => {
        const { 'detail-type': kind, detail } = z.parse(event, JSON.parse(body))
        return Object.assign(detail, { kind })
      }),
    close,
  }
})
