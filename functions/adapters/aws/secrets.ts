import { SecretsProvider } from '@aws-lambda-powertools/parameters/secrets'
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { minuteMs, secondMs, type Instant } from '../../domain/instant.ts'
import type { Clock, Journal } from '../../application/ports.ts'
import { clientOptions } from './client-options.ts'
import type { AwsConnection } from './operator-connection.ts'

/** How long a secret is remembered: so long after it was changed the old one may still be used. */
const rememberedMs = 5 * minuteMs

/** @param connection what is not given is that of the environment */
export const connectSecretsManager = (
  connection: Partial<AwsConnection> = {},
): SecretsManagerClient => new SecretsManagerClient({ ...clientOptions, ...connection })

export interface SecretOptions {
  readonly client: SecretsManagerClient
  readonly arn: string
  readonly clock: Clock
  readonly journal: Journal
}

/**
 * A secret of Secrets Manager, remembered for five minutes; `fresh` asks for it anew.
 *
 * @returns a function that throws if the secret cannot be read, and says so in the journal
 */
export function createSecret(
  options: SecretOptions,
): (options: { readonly fresh: boolean }) => Promise<string> {
  const provider = createProvider(options)
  return async ({ fresh }) => readStage(options, provider, 'AWSCURRENT', fresh)
}

/** What is signed with the version before must be accepted while a secret is exchanged. */
export interface SecretVersions {
  readonly readCurrent: () => Promise<string>
  /** Null if there is none. */
  readonly readPrevious: () => Promise<string | null>
}

/**
 * The current version of a secret and the one before it. Both are remembered for five minutes, and
 * so is that there is none before; both throw if they cannot be read, and say so in the journal.
 */
export function createSecretVersions(options: SecretOptions): SecretVersions {
  // Powertools remembers by the name alone, whatever the version.
  const [current, previous] = [createProvider(options), createProvider(options)]
  let knownAloneUntil: Instant = 0

  return {
    readCurrent: () => readStage(options, current, 'AWSCURRENT', false),
    readPrevious: async () => {
      const now = options.clock.now()
      if (now < knownAloneUntil) return null
      try {
        return await readStage(options, previous, 'AWSPREVIOUS', false)
      } catch (error) {
        if (!isMissingVersion(error)) throw error
        knownAloneUntil = now + rememberedMs
        return null
      }
    },
  }
}

function createProvider({ client }: SecretOptions): SecretsProvider {
  return new SecretsProvider({ awsSdkV3Client: client })
}

async function readStage(
  { arn, journal }: SecretOptions,
  provider: SecretsProvider,
  VersionStage: 'AWSCURRENT' | 'AWSPREVIOUS',
  fresh: boolean,
): Promise<string> {
  try {
    const value = await provider.get(arn, {
      maxAge: rememberedMs / secondMs,
      forceFetch: fresh,
      sdkOptions: { VersionStage },
    })
    if (typeof value !== 'string') throw new Error('It is not a text.')
    return value.trim()
  } catch (error) {
    const isNormal = VersionStage === 'AWSPREVIOUS' && isMissingVersion(error)
    if (!isNormal) journal.write('SECRET_UNREADABLE', { secret: arn, problem: String(error) })
    throw error
  }
}

/** Secrets Manager says the same of a secret that is missing, but that has been found before. */
function isMissingVersion(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : null
  return cause instanceof Error && cause.name === 'ResourceNotFoundException'
}
