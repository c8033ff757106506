import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import * as z from 'zod/mini'
import { countedAs, measuredFields } from '../../../functions/application/journal.ts'
import { minuteMs } from '../../../functions/domain/instant.ts'
import { assumed } from './assumptions.ts'
import type { CountedLife, CountedLives, FunctionCounts } from './counted-lives.ts'
import { together, type Usage } from './price-table.ts'

const { hoursPerMonth } = assumed
const bytesPerGb = 1e9

const service = z.object({
  functions: z.record(z.string(), z.object({ memorySize: z.number() })),
  resources: z.array(z.string()),
})
const { functions, resources } = z.parse(service, readYaml('serverless.yml'))

/** Of a function as it is deployed, in GB. */
export function memoryOf(name: 'webhook' | 'wake-up' | 'sweep'): number {
  const memorySize = functions[name]?.memorySize
  if (memorySize === undefined) throw new Error(`There is no function ${name}.`)
  return memorySize / 1_024
}

/** What the life of one pool uses, in its functions and in what they call. */
export function usageOfLife({ webhook, wakeUp }: CountedLife, isCold = false): Usage {
  return together(
    { httpApiRequests: webhook.calls },
    usageOfFunction(webhook, memoryOf('webhook'), isCold),
    usageOfFunction(wakeUp, memoryOf('wake-up'), isCold),
    // Lambda receives and deletes each message, and Scheduler sends it.
    { queueRequests: 2 * wakeUp.calls + wakeUp.schedules },
  )
}

/** For how long a warm function runs in the life of a pool. */
export function secondsOf({ calls, tolokaRequests, awsCalls }: FunctionCounts): number {
  const { callSeconds, tolokaSeconds, awsSeconds } = assumed
  return calls * callSeconds + tolokaRequests * tolokaSeconds + awsCalls * awsSeconds
}

function usageOfFunction(counts: FunctionCounts, memoryGb: number, isCold: boolean): Usage {
  const { calls, tolokaRequests, queueSends, schedules, events, secretReads } = counts
  const seconds = secondsOf(counts) + (isCold ? calls * assumed.coldStartSeconds : 0)
  const logBytes =
    counts.logBytes + counts.logLines * assumed.logLineBytes + calls * assumed.platformLogBytes
  return {
    functionCalls: calls,
    functionGbSeconds: seconds * memoryGb,
    queueRequests: queueSends,
    schedules,
    events,
    secretReads,
    tableReads: counts.tableReads,
    tableWrites: counts.tableWrites,
    indexWrites: counts.indexWrites,
    logGb: logBytes / bytesPerGb,
    trafficOutGb: (tolokaRequests * assumed.requestBytes) / bytesPerGb,
  }
}

/** What is used each month, whatever happens: the stack as it is deployed, and its sweeps. */
export function usageOfMonth(): Usage {
  const sweeps = hoursPerMonth
  const pollsPerQueue = (hoursPerMonth * 3_600 * assumed.pollersPerQueue) / assumed.pollSeconds
  const sweep: Usage = {
    schedules: 1,
    queueRequests: 3,
    functionCalls: 1,
    functionGbSeconds: assumed.sweepSeconds * memoryOf('sweep'),
    secretReads: 2,
    logGb: assumed.sweepLogBytes / bytesPerGb,
  }
  return together(
    {
      alarmMonths: countResources('AWS::CloudWatch::Alarm'),
      metricMonths: new Set(Object.values(countedAs)).size + Object.keys(measuredFields).length,
      // The token is none of the stack's.
      secretMonths: 1 + countResources('AWS::SecretsManager::Secret'),
      keyMonths: countResources('AWS::KMS::Key'),
      queueRequests: 2 * pollsPerQueue,
    },
    [sweeps, sweep],
  )
}

/** Between these, a function that is used now and then is forgotten by Lambda, or its secrets are. */
const rememberedMs = 5 * minuteMs
const timesForgotten = (hoursPerMonth * 60 * minuteMs) / rememberedMs

/** A month with so many clean pools. Few of them find every function cold. */
export function usageOfMonthWith(pools: number, lives: CountedLives): Usage {
  const { cleanAndCold, clean } = lives
  if (pools < timesForgotten) {
    return together(usageOfMonth(), [pools, usageOfLife(cleanAndCold, true)])
  }
  const secretReads = assumed.warmWebhooks * cleanAndCold.webhook.secretReads + assumed.warmWakeUps
  return together(usageOfMonth(), [pools, usageOfLife(clean)], [timesForgotten, { secretReads }])
}

const template = z.object({
  Resources: z.optional(z.record(z.string(), z.object({ Type: z.string() }))),
})

function countResources(type: string): number {
  return resources
    .map((reference) => /\$\{file\((.*)\)\}/.exec(reference)?.[1] ?? '')
    .flatMap((path) => Object.values(z.parse(template, readYaml(path)).Resources ?? {}))
    .filter(({ Type }) => Type === type).length
}

/** The tags of CloudFormation are read as if they were not there. */
function readYaml(path: string): unknown {
  return parse(readFileSync(path, 'utf8'), { logLevel: 'error', merge: true })
}
