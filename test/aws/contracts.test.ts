import { randomUUID } from 'node:crypto'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import {
  CreateEventBusCommand,
  EventBridgeClient,
  PutRuleCommand,
  PutTargetsCommand,
} from '@aws-sdk/client-eventbridge'
import * as z from 'zod/mini'
import { createAccountStore } from '../../functions/adapters/aws/account-store.ts'
import { createArchivalStore } from '../../functions/adapters/aws/archival-store.ts'
import { createEventAnnouncer } from '../../functions/adapters/aws/event-announcer.ts'
import { createTable } from '../adapters/aws/create-table.ts'
import { describeAccountStore } from '../contract/account-store-contract.ts'
import { describeAnnouncer } from '../contract/announcer-contract.ts'
import {
  describeArchivalStore,
  type ArchivalStoreFixture,
} from '../contract/archival-store-contract.ts'
import { describeRecordLists } from '../contract/record-lists-contract.ts'
import { describeWakeUps } from '../contract/wake-ups-contract.ts'
import { emulatorConnection } from './aws-connection.ts'
import { openWakeUps, wakeUpStart } from './open-wake-ups.ts'
import { makeQueue } from './queue.ts'

const connection = emulatorConnection()
const dynamoDb = new DynamoDBClient(connection)
const eventBridge = new EventBridgeClient(connection)
const noPause = async (): Promise<void> => {}
const close = async (): Promise<void> => {}

async function openStore(): Promise<ArchivalStoreFixture> {
  const table = await createTable(dynamoDb)
  return {
    store: createArchivalStore(table, noPause),
    rival: createArchivalStore(table, noPause),
    close,
  }
}

describeArchivalStore('DynamoDB of the emulator', openStore)

describeRecordLists('DynamoDB of the emulator', openStore)

describeAccountStore('DynamoDB of the emulator', async () => {
  const table = await createTable(dynamoDb)
  return { store: createAccountStore(table), rival: createAccountStore(table), close }
})

describeWakeUps(
  'SQS and EventBridge Scheduler of the emulator',
  () => openWakeUps(connection),
  wakeUpStart,
)

const event = z.object({ 'detail-type': z.string(), detail: z.looseObject({}) })

describeAnnouncer('EventBridge of the emulator', async () => {
  const [{ arn, drain }, bus] = [await makeQueue(connection), `contract-${randomUUID()}`]
  await eventBridge.send(new CreateEventBusCommand({ Name: bus }))
  const EventPattern = JSON.stringify({ source: ['toloka-pool-archiver'] })
  await eventBridge.send(new PutRuleCommand({ Name: bus, EventBusName: bus, EventPattern }))
  const Targets = [{ Id: 'queue', Arn: arn }]
  await eventBridge.send(new PutTargetsCommand({ Rule: bus, EventBusName: bus, Targets }))
  return {
    announcer: createEventAnnouncer(eventBridge, bus),
    told: async () =>
      (await drain()).map((body) => {
        const { 'detail-type': kind, detail } = z.parse(event, JSON.parse(body))
        return Object.assign(detail, { kind })
      }),
    close,
  }
})
