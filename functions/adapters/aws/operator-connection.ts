import { LambdaClient } from '@aws-sdk/client-lambda'
import { clientOptions } from './client-options.ts'

/** Where AWS is asked, and as whom: for the clients of somebody who is no function. */
export interface AwsConnection {
  readonly region: string
  /** Of the AWS SDK; remembers what it found, and looks again before that expires. */
  readonly credentials: LambdaClient['config']['credentials']
}

/** Nobody says in which region. */
export class NoRegionError extends Error {
  override readonly name = 'NoRegionError'
}

/**
 * Finds the region and the credentials of whoever sits at this machine, where the AWS command line
 * finds them too. Nothing is asked of the stack yet. On a machine that has no credentials the last
 * place is the metadata service of EC2, which gets a second or two to answer.
 *
 * @param region null: the one of the environment or the profile
 * @throws NoRegionError
 * @throws an error of the AWS SDK if there are no credentials
 */
export async function connectOperator(region: string | null): Promise<AwsConnection> {
  const client = new LambdaClient({ ...clientOptions, ...(region === null ? {} : { region }) })
  const { credentials } = client.config
  try {
    const found = await findRegion(client)
    await credentials()
    return { region: found, credentials }
  } finally {
    client.destroy()
  }
}

async function findRegion({ config }: LambdaClient): Promise<string> {
  try {
    return await config.region()
  } catch (error) {
    throw new NoRegionError('There is no region, or it is none.', { cause: error })
  }
}
