import { createAccountStore } from '../adapters/aws/account-store.ts'
import { createArchivalStore } from '../adapters/aws/archival-store.ts'
import { createDeadLetterBox } from '../adapters/aws/dead-letter-box.ts'
import { connectLambda, readFunctionEnvironment } from '../adapters/aws/function-environments.ts'
import { createImmediateWakeUps } from '../adapters/aws/immediate-wake-ups.ts'
import {
  connectOperator,
  NoRegionError,
  type AwsConnection,
} from '../adapters/aws/operator-connection.ts'
import { connectSqs, createQueue } from '../adapters/aws/queue.ts'
import { connectSecretsManager, createSecret } from '../adapters/aws/secrets.ts'
import { countSchedules } from '../adapters/aws/schedules.ts'
import { connectDynamoDb, openTable } from '../adapters/aws/table.ts'
import { connectScheduler } from '../adapters/aws/wake-ups.ts'
import { absentAnnouncer } from '../adapters/system/absent-announcer.ts'
import { monotonicNow, sleep, systemClock } from '../adapters/system/clock.ts'
import { createPace } from '../adapters/system/pace.ts'
import { silentJournal } from '../adapters/system/silent-journal.ts'
import { createTolokaClient } from '../adapters/toloka/client.ts'
import { createDeliverySender } from '../adapters/toloka/delivery-sender.ts'
import { accountChecks } from '../application/account-checks.ts'
import { deliveryCheck } from '../application/delivery-check.ts'
import type { Dependencies } from '../application/dependencies.ts'
import { toArchiverSettings } from './archiver-settings.ts'
import { readStageToken } from './config.ts'
import { shareOfRate, type OperatorConsole } from './operator-console.ts'
import type { Environment } from './read-settings.ts'
import { toStageError, WrongStageError } from './stage-error.ts'
import { stageChecks } from './stage-checks.ts'
import { readStageSettings, type StageSettings } from './stage-settings.ts'
import { openSubscriptionCare } from './subscription-care.ts'
import { sweepMessage } from './sweep-message.ts'

export interface StageChoice {
  readonly stage: string
  /** Null: that of the environment or of the AWS profile. */
  readonly region: string | null
}

/**
 * Opens a deployed stack beside its functions, by the credentials of whoever asks. All that it goes
 * by is what the functions are told; of the local settings only a TOLOKA_TOKEN counts, for operators
 * who may not read the stack's own.
 *
 * @throws WrongStageError, StageError, ConfigError
 */
export async function openStageConsole(
  { stage, region }: StageChoice,
  environment: Environment,
): Promise<OperatorConsole> {
  const token = readStageToken(environment)
  const connection = await connect(stage, region)
  const place = `stage ${stage} in ${connection.region}`
  try {
    const settings = await readSettings(stage, place, connection)
    return wire(place, connection, settings, token)
  } catch (error) {
    throw toStageError(error, place)
  }
}

async function connect(stage: string, region: string | null): Promise<AwsConnection> {
  try {
    return await connectOperator(region)
  } catch (error) {
    if (!(error instanceof NoRegionError)) {
      throw toStageError(error, `stage ${stage}${region === null ? '' : ` in ${region}`}`)
    }
    throw new WrongStageError(
      `Nothing says in which AWS region stage ${stage} is. ` +
        'Give it as --region, such as --region eu-central-1, or set AWS_REGION.',
      { cause: error },
    )
  }
}

async function readSettings(
  stage: string,
  place: string,
  connection: AwsConnection,
): Promise<StageSettings> {
  const client = connectLambda(connection)
  try {
    return await readStageSettings(stage, place, (name) => readFunctionEnvironment(client, name))
  } finally {
    client.destroy()
  }
}

function wire(
  place: string,
  connection: AwsConnection,
  { wakeUp, sweep }: StageSettings,
  token: string | null,
): OperatorConsole {
  const clock = systemClock
  const journal = silentJournal
  const dynamoDb = connectDynamoDb(connection)
  const sqs = connectSqs(connection)
  const secretsManager = connectSecretsManager(connection)
  const scheduler = connectScheduler(connection)
  const table = openTable(wakeUp.TABLE_NAME, dynamoDb)
  const settings = toArchiverSettings(wakeUp)
  const perSecond = settings.maxRequestsPerSecond * shareOfRate
  const openSecret = (arn: string) =>
    explained(place, createSecret({ client: secretsManager, arn, clock, journal }))
  const tokenOfStack = openSecret(wakeUp.TOLOKA_TOKEN)
  const webhookSecret = openSecret(sweep.TOLOKA_WEBHOOK_SECRET)
  const readWebhookSecret = () => webhookSecret({ fresh: false })
  const toloka = createTolokaClient({
    origin: settings.origin,
    token: async (options) => token ?? tokenOfStack(options),
    pace: createPace({ perSecond, now: monotonicNow, sleep }),
  })
  const dependencies: Dependencies = {
    clock,
    journal,
    store: createArchivalStore(table, sleep),
    account: createAccountStore(table),
    wakeUps: createImmediateWakeUps(createQueue(sqs, wakeUp.WAKE_UP_QUEUE_URL)),
    announcer: absentAnnouncer,
    toloka,
    settings,
  }
  const deadLetters = createDeadLetterBox(sqs, wakeUp.DEAD_LETTER_QUEUE_URL)
  const url = sweep.WEBHOOK_URL
  const forSubscriptions = { ...dependencies, subscriptions: toloka }
  const subscriptions =
    url === null ? null : openSubscriptionCare(forSubscriptions, url, readWebhookSecret)
  return {
    place,
    dependencies,
    subscriptions,
    deadLetters,
    webhook: { url, sender: createDeliverySender({ readSecret: readWebhookSecret, clock }) },
    checks: [
      ...accountChecks(dependencies, deadLetters),
      ...stageChecks({
        readWebhookSecret,
        countWakeUps: () => createDeadLetterBox(sqs, wakeUp.WAKE_UP_QUEUE_URL).count(),
        countSchedules: () => countSchedules(scheduler, wakeUp.SCHEDULE_GROUP),
      }),
      ...deliveryCheck(subscriptions),
    ],
    requestSweep: async () => {
      await createQueue(sqs, sweep.SWEEP_QUEUE_URL).send(sweepMessage, 0)
      return { kind: 'requested' }
    },
    close: () => {
      for (const client of [dynamoDb, sqs, secretsManager, scheduler]) client.destroy()
    },
  }
}

type ReadSecret = ReturnType<typeof createSecret>

/** A secret that an operator may not read is explained as all else of the stack. */
function explained(place: string, read: ReadSecret): ReadSecret {
  return async (options) => {
    try {
      return await read(options)
    } catch (error) {
      throw toStageError(error, place)
    }
  }
}
