import { once } from 'node:events'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import dynalite from 'dynalite'

export interface Dynalite {
  readonly url: string
  readonly client: DynamoDBClient
  /** Another client. */
  readonly connect: () => DynamoDBClient
  readonly close: () => Promise<void>
}

/** A DynamoDB server of its own, on loopback. */
export async function startDynalite(): Promise<Dynalite> {
  const server = dynalite({ createTableMs: 0, deleteTableMs: 0 })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const url = `http://127.0.0.1:${port}`
  const connect = (): DynamoDBClient =>
    new DynamoDBClient({
      endpoint: url,
      region: 'eu-central-1',
      credentials: { accessKeyId: 'nobody', secretAccessKey: 'nothing' },
    })
  const client = connect()
  return {
    url,
    client,
    connect,
    close: async () => {
      client.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
