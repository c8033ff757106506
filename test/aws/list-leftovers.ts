import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb'
import { EventBridgeClient, ListEventBusesCommand } from '@aws-sdk/client-eventbridge'
import { ListScheduleGroupsCommand, SchedulerClient } from '@aws-sdk/client-scheduler'
import { ListSecretsCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs'
import type { AwsConnection } from './aws-connection.ts'
import { listByHand } from './list-by-hand.ts'

/** Everything in the account that carries the prefix in its name, as `kind name`. */
export async function listLeftovers(
  connection: AwsConnection,
  prefix: string,
): Promise<readonly string[]> {
  const listed = await Promise.all([listBySdk(connection), listByHand(connection)])
  return listed
    .flat()
    .filter((line) => line.includes(prefix))
    .toSorted()
}

async function listBySdk(connection: AwsConnection): Promise<readonly string[]> {
  const [tables, buses, groups, secrets, queues] = await Promise.all([
    new DynamoDBClient(connection).send(new ListTablesCommand({})),
    new EventBridgeClient(connection).send(new ListEventBusesCommand({})),
    new SchedulerClient(connection).send(new ListScheduleGroupsCommand({})),
    new SecretsManagerClient(connection).send(new ListSecretsCommand({})),
    new SQSClient(connection).send(new ListQueuesCommand({})),
  ])
  return [
    ...(tables.TableNames ?? []).map((name) => `table ${name}`),
    ...(buses.EventBuses ?? []).map(({ Name }) => `event bus ${Name}`),
    ...(groups.ScheduleGroups ?? []).map(({ Name }) => `schedule group ${Name}`),
    ...(secrets.SecretList ?? []).map(({ Name }) => `secret ${Name}`),
    ...(queues.QueueUrls ?? []).map((url) => `queue ${url}`),
  ]
}
