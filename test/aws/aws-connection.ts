/** Where AWS is, in the form that every SDK client takes. */
export interface AwsConnection {
  readonly endpoint: string
  readonly region: string
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string }
}

/** MiniStack asks nobody for this key: it may do everything. */
const everybody = { accessKeyId: 'test', secretAccessKey: 'test' }

/** An environment in which the SDK and the AWS tools speak to the emulator, and to nobody else. */
export function environmentFor(endpoint: string): Record<string, string> {
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: everybody.accessKeyId,
    AWS_SECRET_ACCESS_KEY: everybody.secretAccessKey,
    // Whatever the user has configured stays out of it.
    AWS_CONFIG_FILE: '/nowhere',
    AWS_SHARED_CREDENTIALS_FILE: '/nowhere',
    AWS_EC2_METADATA_DISABLED: 'true',
  }
}

/** The emulator that was started for these tests, also for adapters under a contract suite. */
export function emulatorConnection(): AwsConnection {
  const endpoint = process.env['AWS_ENDPOINT_URL'] ?? ''
  // A test that reached a real account would change it.
  if (!endpoint.startsWith('http://127.0.0.1:')) {
    throw new Error('No AWS emulator was started. Run these tests by npm run test:aws.')
  }
  return { endpoint, region: 'us-east-1', credentials: everybody }
}
