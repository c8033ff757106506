import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { awsError } from '../adapters/aws/aws-endpoint.ts'
import { addFinishedPool } from '../local/box.ts'
import { openStageCommandLine, type StageCommandLine } from './stage-command-line.ts'

let cli: StageCommandLine

beforeEach(async () => {
  cli = await openStageCommandLine()
})
afterEach(() => cli.close())

const finishedPool = (): string => addFinishedPool(cli.model, 'Street signs', Date.now())
const asksForSecret = ({ operation }: { readonly operation: string }): boolean =>
  operation === 'secretsmanager.GetSecretValue'

describe('On a deployed stack', () => {
  test('a held pool is not archived by its functions until it is released', async () => {
    const poolId = finishedPool()
    const held = await cli.run(`hold ${poolId} --reason audit --by ada --stage test`)
    expect(held).toMatchObject({ exitCode: 0, err: '' })
    await cli.work()
    expect(cli.model.statusOf(poolId)).toBe('CLOSED')
    expect(await cli.json(`explain ${poolId}`)).toMatchObject({
      verdict: { reason: 'held-by-operator' },
      record: { state: 'held', hold: { by: 'ada', reason: 'audit', until: 'for-ever' } },
    })

    const released = await cli.run(`release ${poolId} --stage test --region eu-central-1`)
    expect(released).toMatchObject({ exitCode: 0, err: '' })
    await cli.work()
    expect(cli.model.statusOf(poolId)).toBe('ARCHIVED')
    expect(await cli.json('list')).toMatchObject({ pools: [{ poolId, state: 'archived' }] })
    expect(await cli.json('list --state held')).toEqual({ pools: [] })
  })

  test('nothing is archived by its functions while archiving is paused', async () => {
    const poolId = finishedPool()
    const paused = await cli.run('pause --stage test')
    expect(paused.out).toContain('Archiving is paused (stage test in eu-central-1).')
    const body = '{"version":1,"sweep":true}'
    const event = { Records: [{ messageId: 'message-1', body }] }
    await cli.invoke('sweep', event, { remainingMs: 900_000 })
    await cli.work()
    expect(await cli.store.get(poolId)).toMatchObject({ reason: 'paused' })
    expect(cli.model.statusOf(poolId)).toBe('CLOSED')

    expect(await cli.json('resume')).toEqual({ paused: false })
    expect((await cli.account.read()).paused).toBeNull()
  })

  test('a pool that was never seen is explained by the rule of its functions', async () => {
    const poolId = finishedPool()
    cli.refuse = ({ operation }) =>
      operation.includes('/functions/')
        ? environmentAnswer({ ...told(operation), EXCLUDED_PROJECTS: '1500' })
        : null
    expect(await cli.json(`explain ${poolId}`)).toMatchObject({
      verdict: { reason: 'project-out-of-scope' },
      record: null,
    })
    expect(await cli.store.get(poolId)).toBeNull()
  })

  test('a token in the environment is used instead of the secret, one in .env is not', async () => {
    const poolId = finishedPool()
    await cli.json(`explain ${poolId}`)
    expect(cli.calls.filter(asksForSecret)).toHaveLength(1)
    const { exitCode } = await cli.run(`explain ${poolId} --stage test`, {
      TOLOKA_TOKEN: cli.model.token,
    })
    expect(exitCode).toBe(0)
    expect(cli.calls.filter(asksForSecret)).toHaveLength(1)
  })

  test('a secret that may not be read is named as the reason, and what is known is shown', async () => {
    cli.refuse = (call) => (asksForSecret(call) ? awsError('AccessDeniedException') : null)
    const { exitCode, out } = await cli.run(`explain ${finishedPool()} --stage test`)
    expect(exitCode).toBe(1)
    expect(out).toContain(
      'There is no usable token, so nothing was sent. ' +
        'The AWS credentials do not allow this for stage test in eu-central-1 ' +
        '(This is AccessDeniedException).',
    )
  })
})

/** What the function is told that this call is about. */
function told(operation: string): Readonly<Record<string, string>> {
  const name = (['webhook', 'wake-up', 'sweep'] as const).find((one) => operation.includes(one))
  const environment = name === undefined ? {} : cli.environmentOf(name)
  return Object.fromEntries(
    Object.entries(environment).filter(([setting]) => !setting.startsWith('AWS_')),
  )
}

const environmentAnswer = (Variables: Readonly<Record<string, string>>) => ({
  body: { Environment: { Variables } },
})

describe('What cannot be', () => {
  const place = 'stage test in eu-central-1'
  const noKeys = { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined }

  test.each([
    [
      'an unknown stage',
      '--stage prod',
      {},
      2,
      'There is no stage prod in eu-central-1, as far as this AWS account goes',
    ],
    [
      'no region',
      '--stage test',
      { AWS_REGION: undefined },
      2,
      'Nothing says in which AWS region stage test is. Give it as --region',
    ],
    [
      'no credentials',
      '--stage test',
      noKeys,
      2,
      'There are no AWS credentials for stage test (Could not load credentials from any providers). Sign in',
    ],
    [
      'a profile that nobody made',
      '--stage test --region eu-central-1',
      { AWS_PROFILE: 'nobody', ...noKeys },
      2,
      `There are no AWS credentials for ${place} (`,
    ],
    [
      'no network',
      '--stage test',
      { AWS_ENDPOINT_URL: 'http://127.0.0.1:1' },
      1,
      `AWS cannot be reached for ${place} (ECONNREFUSED). Check the network and the name of the region`,
    ],
  ])('is told in one sentence: %s', async (_what, options, environment, exitCode, sentence) => {
    expect(await cli.run(`list ${options}`, environment)).toEqual({
      exitCode,
      out: '',
      err: oneLine(sentence),
    })
  })

  test.each([
    [
      'expired credentials',
      awsError('ExpiredTokenException', 403),
      `The AWS credentials are no longer valid for ${place} (This is ExpiredTokenException). Sign in again`,
    ],
    [
      'credentials that AWS does not know',
      awsError('UnrecognizedClientException', 403),
      `AWS does not know the credentials that were used for ${place}`,
    ],
    [
      'no permission, or a region where the operator has none',
      awsError('AccessDeniedException', 403),
      `The AWS credentials do not allow this for ${place} (This is AccessDeniedException). Check the stage and the region; if they are right, the policy in the output OperatorPolicyArn`,
    ],
    [
      'an environment that is not shown',
      { body: { Environment: { Error: { ErrorCode: 'AccessDeniedException', Message: 'KMS' } } } },
      `The AWS credentials do not allow this for ${place} (AccessDeniedException: KMS)`,
    ],
    [
      'an answer that is not one of AWS',
      { body: 'Sign in to the network of this hotel' },
      `What runs as ${place} is not of the version of this command line (`,
    ],
    [
      'a stack of another version',
      environmentAnswer({ TABLE_NAME: 'records' }),
      `What runs as ${place} is not of the version of this command line (SERVICE_NAME is not set`,
    ],
    [
      'AWS in trouble',
      awsError('ServiceException', 500),
      `AWS did not do what was asked of it for ${place} (ServiceException: This is ServiceException). Trying again is safe.`,
    ],
  ])('is told in one sentence: %s', async (_what, answer, sentence) => {
    cli.refuse = () => answer
    expect(await cli.run('list --stage test')).toEqual({
      exitCode: 1,
      out: '',
      err: oneLine(sentence),
    })
  })

  test('is told in one sentence: a table that may not be read', async () => {
    const { AWS_ENDPOINT_URL } = cli.environmentOf('wake-up')
    cli.refuse = ({ operation }) =>
      operation.startsWith('DynamoDB') ? awsError('AccessDeniedException') : null
    expect(
      await cli.run('list --stage test', { AWS_ENDPOINT_URL_DYNAMODB: AWS_ENDPOINT_URL }),
    ).toEqual({
      exitCode: 1,
      out: '',
      err: oneLine(`The AWS credentials do not allow this for ${place}`),
    })
  })

  test.each([
    ['--stage ../prod', 'A stage is letters, digits and hyphens, such as prod.'],
    [`--stage ${'a'.repeat(36)}`, 'A stage is letters, digits and hyphens, such as prod.'],
    ['--stage test --region evil.example/', 'A region is written like eu-central-1.'],
    ['--region eu-central-1', '--region says where a stage is: give --stage as well.'],
  ])('is refused before anything is asked: %s', async (options, sentence) => {
    const { exitCode, out, err } = await cli.run(`list ${options}`)
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' })
    expect(err).toContain(sentence)
    expect(cli.calls).toEqual([])
  })
})

/** A line that holds the text, and no other. */
function oneLine(text: string): unknown {
  const escaped = text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return expect.stringMatching(new RegExp(`^[^\\n]*${escaped}[^\\n]*\\n$`))
}
