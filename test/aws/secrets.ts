import {
  CreateSecretCommand,
  GetSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager'
import type { AwsConnection } from './aws-connection.ts'

/** Gives the ARN. */
export async function createSecret(
  connection: AwsConnection,
  name: string,
  value: string,
): Promise<string> {
  const client = new SecretsManagerClient(connection)
  const command = new CreateSecretCommand({ Name: name, SecretString: value })
  const { ARN: arn } = await client.send(command)
  client.destroy()
  if (arn === undefined) throw new Error(`The secret ${name} was not made.`)
  return arn
}

export async function readSecret(connection: AwsConnection, id: string): Promise<string> {
  const client = new SecretsManagerClient(connection)
  const { SecretString: value } = await client.send(new GetSecretValueCommand({ SecretId: id }))
  client.destroy()
  if (value === undefined) throw new Error(`The secret ${id} holds no text.`)
  return value
}
