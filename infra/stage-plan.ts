import { ownAddress } from './aws-parameters.ts'
import { parameterNames, type StageParameters } from './stage-parameters.ts'

/** An archive attempt's lease of 5 minutes must be longer than this and a request to Toloka. */
const longestWakeUpSeconds = 120
/** The shortest time in which "no sweep" means something: a sweep itself takes a while. */
const shortestSweepAlarmSeconds = 600

/** What the output says, so that it stands in one place. */
const outputUrl = '${file(infra/outputs.yml):Outputs.WebhookUrl.Value}'

/** What serverless.yml and infra/ take from `custom.stage`. */
export interface StagePlan {
  /** The name that logs and metrics carry. */
  readonly serviceName: string
  /** As they were given; empty if not, so that the functions use their defaults. */
  readonly parameters: Readonly<Record<string, string>>
  /** The ARNs of the secrets that the functions which ask Toloka may read. */
  readonly workerSecrets: readonly string[]
  readonly tableDeletionPolicy: 'Retain' | 'Delete'
  readonly tableDeletionProtection: boolean
  readonly logRetentionDays: number
  readonly wakeUpConcurrency: number
  readonly wakeUpTimeoutSeconds: number
  readonly visibilityTimeoutSeconds: number
  readonly maxReceiveCount: number
  /** For EventBridge Scheduler, which knows no seconds. */
  readonly sweepRate: string
  readonly sweepSeconds: number
  /** For subscriptions; empty: none are made. A reference if it is the stack's own. */
  readonly webhookUrl: string
  readonly missingSweepSeconds: number
  readonly overdueSeconds: number
}

export function planStage(of: {
  readonly service: string
  readonly stage: string
  readonly parameters: StageParameters
}): StagePlan {
  const { parameters } = of
  const keepsRecords = of.stage === 'prod'
  const sweepSeconds = parameters.SWEEP_INTERVAL / 1000
  const visibilityTimeoutSeconds = parameters.VISIBILITY_TIMEOUT / 1000
  return {
    serviceName: `${of.service}-${of.stage}`,
    parameters: Object.fromEntries(
      parameterNames.map((name) => [name, parameters.given[name] ?? '']),
    ),
    workerSecrets: [parameters.TOLOKA_TOKEN, parameters.SLACK_WEBHOOK_URL].filter(
      (arn) => arn !== null,
    ),
    tableDeletionPolicy: keepsRecords ? 'Retain' : 'Delete',
    tableDeletionProtection: keepsRecords,
    logRetentionDays: parameters.LOG_RETENTION_DAYS,
    wakeUpConcurrency: parameters.WAKE_UP_CONCURRENCY,
    // SQS serves no function that may run longer than a message stays hidden.
    wakeUpTimeoutSeconds: Math.min(longestWakeUpSeconds, visibilityTimeoutSeconds),
    visibilityTimeoutSeconds,
    maxReceiveCount: parameters.MAX_RECEIVE_COUNT,
    sweepRate: sweepSeconds === 60 ? 'rate(1 minute)' : `rate(${sweepSeconds / 60} minutes)`,
    sweepSeconds,
    webhookUrl: parameters.WEBHOOK_URL === ownAddress ? outputUrl : (parameters.WEBHOOK_URL ?? ''),
    missingSweepSeconds: Math.max(sweepSeconds, shortestSweepAlarmSeconds),
    overdueSeconds: 2 * sweepSeconds,
  }
}
