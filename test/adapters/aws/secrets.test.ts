import { GetParameterError } from '@aws-lambda-powertools/parameters/errors'
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { afterEach, describe, expect, test } from '@jest/globals'
import * as z from 'zod/mini'
import { createSecret, createSecretVersions } from '../../../functions/adapters/aws/secrets.ts'
import { minuteMs } from '../../../functions/domain/instant.ts'
import { awsError, startAwsEndpoint, type AwsAnswer, type AwsEndpoint } from './aws-endpoint.ts'

const arn = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:webhook-AbCdEf'
const getSecretValue = z.object({ SecretId: z.literal(arn), VersionStage: z.string() })

let aws: AwsEndpoint
let clock: { at: number }
let journal: unknown[]

afterEach(() => aws.close())

/** A Secrets Manager that has these versions, by their stages. */
async function keep(versions: Readonly<Record<string, AwsAnswer>>) {
  clock = { at: 0 }
  journal = []
  aws = await startAwsEndpoint(({ input }) => {
    const { VersionStage } = z.parse(getSecretValue, input)
    return versions[VersionStage] ?? awsError('ResourceNotFoundException')
  })
  return {
    client: new SecretsManagerClient(aws.options),
    arn,
    clock: { now: () => clock.at },
    journal: { write: (...entry: unknown[]) => void journal.push(entry) },
  }
}

const secret = (SecretString: string): AwsAnswer => ({ body: { SecretString } })

describe('A secret', () => {
  test('is asked for once, without the line end that came along, and anew only on demand', async () => {
    const read = createSecret(await keep({ AWSCURRENT: secret('the-token\n') }))
    expect(await read({ fresh: false })).toBe('the-token')
    expect(await read({ fresh: false })).toBe('the-token')
    expect(aws.calls).toHaveLength(1)
    await read({ fresh: true })
    expect(aws.calls).toHaveLength(2)
  })

  test.each([
    ['is missing', awsError('ResourceNotFoundException')],
    ['may not be read', awsError('AccessDeniedException')],
    ['is no text', { body: { SecretBinary: 'AAAA' } }],
  ])('that %s is an error that the journal tells', async (_what, answer) => {
    const read = createSecret(await keep({ AWSCURRENT: answer }))
    await expect(read({ fresh: false })).rejects.toThrow(/This is|not a text/)
    expect(journal).toEqual([
      ['SECRET_UNREADABLE', { secret: arn, problem: expect.stringContaining('Error') }],
    ])
  })
})

describe('A secret that is exchanged', () => {
  test('has two versions, and each is asked for by itself, once', async () => {
    const { readCurrent, readPrevious } = createSecretVersions(
      await keep({ AWSCURRENT: secret('new'), AWSPREVIOUS: secret('old') }),
    )
    expect([await readCurrent(), await readCurrent()]).toEqual(['new', 'new'])
    expect(aws.calls).toHaveLength(1)
    expect([await readPrevious(), await readPrevious()]).toEqual(['old', 'old'])
    expect(aws.calls).toHaveLength(2)
  })

  test('for the first time has no version before it; that is asked again after five minutes', async () => {
    const { readPrevious } = createSecretVersions(await keep({ AWSCURRENT: secret('first') }))
    expect([await readPrevious(), await readPrevious()]).toEqual([null, null])
    expect(aws.calls).toHaveLength(1)
    clock.at += 5 * minuteMs
    await readPrevious()
    expect(aws.calls).toHaveLength(2)
    expect(journal).toEqual([])
  })

  test('is an error if the version before it cannot be read for another reason', async () => {
    const { readPrevious } = createSecretVersions(
      await keep({ AWSCURRENT: secret('new'), AWSPREVIOUS: awsError('DecryptionFailure') }),
    )
    await expect(readPrevious()).rejects.toThrow(GetParameterError)
    expect(journal).toHaveLength(1)
  })
})
