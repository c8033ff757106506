import { secondMs } from '../../domain/instant.ts'

/**
 * For every client. Region, credentials and endpoint are those of the environment, and a failed
 * call is tried three times; without the limits a connection that hangs would use up the whole
 * time of a function.
 */
export const clientOptions = {
  maxAttempts: 3,
  requestHandler: {
    connectionTimeout: 2 * secondMs,
    requestTimeout: 5 * secondMs,
    throwOnRequestTimeout: true,
  },
}
