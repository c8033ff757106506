import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb'
import { createAccountStore } from '../../functions/adapters/aws/account-store.ts'
import { createArchivalStore } from '../../functions/adapters/aws/archival-store.ts'
import { itemId, toItem } from '../../functions/adapters/aws/record-item.ts'
import { openTable } from '../../functions/adapters/aws/table.ts'
import type { AccountStore, ArchivalStore } from '../../functions/application/ports.ts'
import { newRecord } from '../../functions/domain/record.ts'
import { makeTemporaryFolder } from '../support/temporary-folder.ts'
import type { AwsConnection } from './aws-connection.ts'
import { createOsls } from './osls.ts'
import { openQueue, type Queue } from './queue.ts'
import { createSecret, readSecret } from './secrets.ts'
import { parseStackOutputs, type StackOutputs } from './stack-outputs.ts'

export interface StackWish {
  readonly stage: string
  readonly tolokaUrl: string
  readonly tolokaToken: string
}

/** The packaged system, deployed. */
export interface Stack {
  readonly outputs: StackOutputs
  /** What Toloka's webhooks are signed with. */
  readonly webhookSecret: string
  readonly wakeUps: Queue
  readonly deadLetters: Queue
  /** The records, as the functions have them. */
  readonly store: ArchivalStore
  readonly account: AccountStore
  /** Puts something into the place of a record that nobody can read. */
  readonly spoilRecord: (poolId: string) => Promise<void>
  /** Takes a record away, as nothing in the stack may. */
  readonly dropRecord: (poolId: string) => Promise<void>
  /** Deploys once more, with some parameters changed. */
  readonly update: (changes: Readonly<Record<string, string>>) => Promise<void>
  readonly remove: () => Promise<void>
  readonly close: () => void
}

/** Deploys the stack, set up so that its life passes in minutes. */
export async function openStack(
  connection: AwsConnection,
  { stage, tolokaUrl, tolokaToken }: StackWish,
): Promise<Stack> {
  const { endpoint } = connection
  const home = makeTemporaryFolder()
  const osls = createOsls({ endpoint, stage, project: process.cwd(), home })
  let parameters: Readonly<Record<string, string>> = {
    TOLOKA_URL: tolokaUrl,
    TOLOKA_TOKEN: await createSecret(connection, `toloka-token-${stage}`, tolokaToken),
    ARCHIVE_MODE: 'archive',
    SAFETY_MARGIN: '0',
    SWEEP_INTERVAL: '1m',
    // The first look at an operation may still wait in the queue; what is later needs a schedule.
    QUEUE_HORIZON: '15s',
    // A poisoned message is given up within seconds.
    VISIBILITY_TIMEOUT: '5s',
    MAX_RECEIVE_COUNT: '3',
  }
  await osls.deploy(parameters)
  const outputs = parseStackOutputs(await osls.readOutputs(parameters))
  const queues = {
    wakeUps: openQueue(connection, outputs.WakeUpQueueUrl),
    deadLetters: openQueue(connection, outputs.DeadLetterQueueUrl),
  }
  const client = new DynamoDBClient(connection)
  const table = openTable(outputs.TableName, client)
  const TableName = table.name
  return {
    outputs,
    store: createArchivalStore(table, async () => {}),
    account: createAccountStore(table),
    spoilRecord: async (poolId) => {
      const Item = { ...toItem(newRecord(poolId, Date.now())), body: new Uint8Array([1]) }
      await table.client.send(new PutCommand({ TableName, Item }))
    },
    dropRecord: async (poolId) => {
      await table.client.send(new DeleteCommand({ TableName, Key: { id: itemId(poolId) } }))
    },
    webhookSecret: await readSecret(connection, outputs.WebhookSecretArn),
    ...queues,
    update: async (changes) => {
      parameters = { ...parameters, ...changes }
      await osls.deploy(parameters)
    },
    remove: async () => {
      await osls.remove(parameters)
    },
    close: () => {
      queues.wakeUps.close()
      queues.deadLetters.close()
      client.destroy()
      home.remove()
    },
  }
}
