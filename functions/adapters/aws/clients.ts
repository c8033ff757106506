import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { EventBridgeClient } from '@aws-sdk/client-eventbridge'
import { SchedulerClient } from '@aws-sdk/client-scheduler'
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { SQSClient } from '@aws-sdk/client-sqs'
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { secondMs } from '../../domain/instant.ts'

/** Without these a connection that hangs would use up the whole time of a function. */
const requestHandler = {
  connectionTimeout: 2 * secondMs,
  requestTimeout: 5 * secondMs,
  throwOnRequestTimeout: true,
}

/** Region, credentials and endpoint are those of the environment; failed calls are tried three times. */
const common = { maxAttempts: 3, requestHandler }

export const connectDynamoDb = (): DynamoDBDocumentClient =>
  DynamoDBDocumentClient.from(new DynamoDBClient(common), {
    marshallOptions: { removeUndefinedValues: true },
  })

export const connectSqs = (): SQSClient => new SQSClient(common)
export const connectScheduler = (): SchedulerClient => new SchedulerClient(common)
export const connectEventBridge = (): EventBridgeClient => new EventBridgeClient(common)
export const connectSecretsManager = (): SecretsManagerClient => new SecretsManagerClient(common)
