import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import * as z from 'zod/mini'
import { createAccountStore } from '../../functions/adapters/aws/account-store.ts'
import { createArchivalStore } from '../../functions/adapters/aws/archival-store.ts'
import type { Table } from '../../functions/adapters/aws/table.ts'
import type { AccountStore, ArchivalStore } from '../../functions/application/ports.ts'
import {
  awsError,
  startAwsEndpoint,
  takeMessage,
  type AwsAnswer,
  type AwsCall,
} from '../adapters/aws/aws-endpoint.ts'
import { createTable } from '../adapters/aws/create-table.ts'
import { startDynalite } from '../adapters/aws/start-dynalite.ts'
import { TolokaModel } from '../fake-toloka/model.ts'
import { startFakeToloka, type FakeToloka } from '../fake-toloka/server.ts'

export const webhookSecret = 'a-webhook-secret-of-these-tests-only'
export const serviceName = 'toloka-pool-archiver-test'

const secretArn = (name: string): string =>
  `arn:aws:secretsmanager:eu-central-1:123456789012:secret:${name}-AbCdEf`
const queueArn = (name: string): string => `arn:aws:sqs:eu-central-1:123456789012:${name}`

const topicArn = 'arn:aws:sns:eu-central-1:123456789012:people'

/** What a function said and gave back. */
export interface Invocation {
  readonly exitCode: number | null
  /** What the handler returned; null if it threw. */
  readonly result: unknown
  /** Lines of its log, parsed; metrics among them. */
  readonly log: readonly LogLine[]
  /** Everything it wrote, to both outputs. */
  readonly output: string
}

const logLine = z.looseObject({
  code: z.optional(z.string()),
  service: z.optional(z.string()),
})
export type LogLine = z.infer<typeof logLine>

export interface Stack {
  readonly model: TolokaModel
  readonly fake: FakeToloka
  readonly table: Table
  readonly store: ArchivalStore
  readonly account: AccountStore
  /** What the functions sent to AWS, but for the table. */
  readonly calls: readonly AwsCall[]
  /** Answers instead of AWS when it has one. */
  refuse: (call: AwsCall) => AwsAnswer | null
  /** What a function is told, for a process that is to be a function. */
  readonly environmentOf: (name: FunctionName) => Readonly<Record<string, string>>
  readonly invoke: (
    name: FunctionName,
    event: unknown,
    options?: InvokeOptions,
  ) => Promise<Invocation>
  readonly close: () => Promise<void>
}

const functionNames = ['webhook', 'wake-up', 'sweep'] as const
export type FunctionName = (typeof functionNames)[number]

/** What Secrets Manager keeps; of the webhook's secret the version before as well, if there is one. */
export interface Secrets {
  readonly token?: string
  readonly webhook: string
  readonly webhookBefore?: string
  /** The address of Slack, if there is one. */
  readonly slack?: string
}

export interface InvokeOptions {
  readonly environment?: Readonly<Record<string, string>>
  readonly remainingMs?: number
}

/**
 * The handlers in processes of their own, with a real table, a fake Toloka and the rest of AWS.
 *
 * @param now the clock of the fake Toloka
 */
export async function startStack(
  kept: Secrets = { webhook: webhookSecret },
  now: () => number = Date.now,
): Promise<Stack> {
  const { token, webhook, webhookBefore, slack } = kept
  const model = new TolokaModel({ now, ...(token === undefined ? {} : { token }) })
  const fake = await startFakeToloka(model)
  const dynalite = await startDynalite()
  const table = await createTable(dynalite.client)
  const secrets: Versions = {
    [secretArn('token')]: { AWSCURRENT: model.token },
    [secretArn('webhook')]: { AWSCURRENT: webhook, AWSPREVIOUS: webhookBefore },
    [secretArn('slack')]: { AWSCURRENT: slack },
  }
  const stack: Pick<Stack, 'refuse'> = { refuse: () => null }
  const aws = await startAwsEndpoint(
    (call) =>
      stack.refuse(call) ?? answerForFunction(call, environmentOf) ?? answerFor(call, secrets),
  )
  // The SDK sends to where a queue's address points, whatever the endpoint is.
  const queueUrl = (name: string): string => `${aws.options.endpoint}/123456789012/${name}`
  const worker = {
    TOLOKA_URL: fake.url,
    TOLOKA_TOKEN: secretArn('token'),
    SLACK_WEBHOOK_URL: slack === undefined ? '' : secretArn('slack'),
    ARCHIVE_MODE: 'archive',
    // The sweep and four wake-ups at a time share it.
    MAX_REQUESTS_PER_SECOND: '250',
    TABLE_NAME: table.name,
    EVENT_BUS: 'archiver-test',
    PROJECTS: '',
  }
  const environments = {
    webhook: { TOLOKA_WEBHOOK_SECRET: secretArn('webhook') },
    'wake-up': {
      ...worker,
      WAKE_UP_QUEUE_ARN: queueArn('wake-ups'),
      DEAD_LETTER_QUEUE_URL: queueUrl('dead-letters'),
      DEAD_LETTER_QUEUE_ARN: queueArn('dead-letters'),
      SCHEDULE_GROUP: 'archiver-test',
      SCHEDULER_ROLE_ARN: 'arn:aws:iam::123456789012:role/scheduler',
    },
    sweep: {
      ...worker,
      SWEEP_QUEUE_URL: queueUrl('sweeps'),
      TOLOKA_WEBHOOK_SECRET: secretArn('webhook'),
      WEBHOOK_URL: '',
      TOPIC_ARN: topicArn,
    },
  }
  const common = {
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'nobody',
    AWS_SECRET_ACCESS_KEY: 'nothing',
    AWS_ENDPOINT_URL: aws.options.endpoint,
    AWS_ENDPOINT_URL_DYNAMODB: dynalite.url,
    SERVICE_NAME: serviceName,
    WAKE_UP_QUEUE_URL: queueUrl('wake-ups'),
  }

  const environmentOf = (name: FunctionName): Readonly<Record<string, string>> => ({
    ...common,
    ...environments[name],
  })

  return Object.assign(stack, {
    model,
    fake,
    table,
    store: createArchivalStore(table, async () => {}),
    account: createAccountStore(table),
    calls: aws.calls,
    environmentOf,
    invoke: async (
      name: FunctionName,
      event: unknown,
      { environment = {}, remainingMs = 60_000 }: InvokeOptions = {},
    ): Promise<Invocation> => {
      const env = { ...environmentOf(name), ...environment }
      return invoke(`functions/handlers/${name}.ts`, event, env, remainingMs)
    },
    close: async () => {
      await aws.close()
      await dynalite.close()
      await fake.close()
    },
  })
}

/** Lambda tells what a function is told, but for what it tells each function by itself. */
function answerForFunction(
  { operation }: AwsCall,
  environmentOf: Stack['environmentOf'],
): AwsAnswer | null {
  const [, called] = /^GET \/2015-03-31\/functions\/(.+)\/configuration$/.exec(operation) ?? []
  if (called === undefined) return null
  const name = functionNames.find((one) => called === `${serviceName}-${one}`)
  if (name === undefined) return awsError('ResourceNotFoundException', 404)
  const told = Object.entries(environmentOf(name)).filter(([key]) => !key.startsWith('AWS_'))
  return { body: { Environment: { Variables: Object.fromEntries(told) } } }
}

/** Secrets by their ARNs and versions. */
type Versions = Readonly<Record<string, Readonly<Record<string, string | undefined>>>>

const secretInput = z.object({ SecretId: z.string(), VersionStage: z.string() })

/** AWS as it is when all goes well. */
function answerFor(call: AwsCall, secrets: Versions): AwsAnswer {
  switch (call.operation) {
    case 'AmazonSQS.SendMessage':
      return takeMessage(call)
    case 'AWSEvents.PutEvents':
      return { body: { FailedEntryCount: 0, Entries: [{ EventId: 'event-1' }] } }
    case 'secretsmanager.GetSecretValue': {
      const { SecretId, VersionStage } = z.parse(secretInput, call.input)
      const SecretString = secrets[SecretId]?.[VersionStage]
      const missing = awsError('ResourceNotFoundException')
      return SecretString === undefined ? missing : { body: { SecretString } }
    }
    default:
      return { body: {} }
  }
}

async function invoke(
  handler: string,
  event: unknown,
  environment: Readonly<Record<string, string>>,
  remainingMs: number,
): Promise<Invocation> {
  const script = resolve('test/handlers/function-process.ts')
  const child = spawn(process.execPath, [script, handler, String(remainingMs)], {
    env: { NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'], ...environment },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  child.stdin.end(JSON.stringify(event))
  const [said, complaints, [exitCode]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ])
  const lines = said.trimEnd().split('\n')
  const hasEnded = exitCode === 0
  const logged = [...(hasEnded ? lines.slice(0, -1) : lines), ...complaints.split('\n')]
  return {
    exitCode: typeof exitCode === 'number' ? exitCode : null,
    result: hasEnded ? JSON.parse(lines.at(-1) ?? '') : null,
    log: logged
      .filter((line) => line.startsWith('{"'))
      .map((line) => z.parse(logLine, JSON.parse(line))),
    output: said + complaints,
  }
}
