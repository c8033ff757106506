import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { clientOptions } from './client-options.ts'
import type { AwsConnection } from './operator-connection.ts'

/** A function is there, but what it is told is not shown. */
class HiddenEnvironmentError extends Error {
  override readonly name = 'HiddenEnvironmentError'
}

export const connectLambda = (connection: AwsConnection): LambdaClient =>
  new LambdaClient({ ...clientOptions, ...connection })

/**
 * What a deployed function is told by its environment.
 *
 * @returns null if there is no such function
 * @throws HiddenEnvironmentError
 * @throws an error of the AWS SDK
 */
export async function readFunctionEnvironment(
  client: Pick<LambdaClient, 'send'>,
  FunctionName: string,
): Promise<Readonly<Record<string, string>> | null> {
  try {
    const read = new GetFunctionConfigurationCommand({ FunctionName })
    const { Environment = {} } = await client.send(read)
    const { Variables = {}, Error: problem } = Environment
    if (problem === undefined) return Variables
    // Lambda says so within a good answer: the key that encrypts it may not be used.
    throw new HiddenEnvironmentError(`${problem.ErrorCode}: ${problem.Message}`)
  } catch (error) {
    if (error instanceof Error && error.name === 'ResourceNotFoundException') return null
    throw error
  }
}
