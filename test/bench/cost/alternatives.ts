import { appealWindowMs } from '../../../functions/domain/waits.ts'
import { dayMs, hourMs, minuteMs } from '../../../functions/domain/instant.ts'
import { assumed } from './assumptions.ts'
import { runDurably } from './durable-function.ts'
import { memoryOf } from './our-usage.ts'
import { together, type Usage } from './price-table.ts'
import { statesEntered, type Answer, type StateName } from './state-machine.ts'

export type Kind = 'clean' | 'rejected'

/** Another design for the same work, with the same assumptions. */
export interface Alternative {
  readonly name: string
  readonly perPool: Readonly<Record<Kind, Usage>>
  /** Each month, whatever happens. Alarms and metrics are left out, though ours are not. */
  readonly perMonth: Usage
  /** Requests to Toloka for one pool. */
  readonly tolokaRequests: Readonly<Record<Kind, number>>
}

/** The operation ends at once, as it does in what is counted of ours. */
const answersOf: Readonly<Record<Kind, readonly Answer[]>> = {
  clean: ['archive', 'archived'],
  rejected: ['wait', 'archive', 'archived'],
}
const [lookRequests, archiveRequests] = [3, 2]
const ourRequests = { clean: 5, rejected: 8 }
const bytesPerGb = 1e9
const secrets: Usage = { secretMonths: 2 }

/** A call of a function like ours for wake-ups; other calls of AWS take no time. */
function functionCall(tolokaRequests: number): Usage {
  return together(work(tolokaRequests), {
    functionCalls: 1,
    functionGbSeconds: assumed.callSeconds * memoryOf('wake-up'),
    logGb: (assumed.platformLogBytes + assumed.otherLogBytes) / bytesPerGb,
  })
}

function work(tolokaRequests: number): Usage {
  return {
    functionGbSeconds: tolokaRequests * assumed.tolokaSeconds * memoryOf('wake-up'),
    trafficOutGb: (tolokaRequests * assumed.requestBytes) / bytesPerGb,
  }
}

/** Takes the webhook and starts the execution for its pool. */
const webhook: Usage = {
  httpApiRequests: 1,
  functionCalls: 1,
  functionGbSeconds: (assumed.callSeconds + assumed.awsSeconds) * memoryOf('webhook'),
  logGb: (assumed.platformLogBytes + assumed.otherLogBytes) / bytesPerGb,
}

const stateUsage: Readonly<Partial<Record<StateName, Usage>>> = {
  Look: functionCall(lookRequests),
  Archive: functionCall(archiveRequests),
  Follow: functionCall(archiveRequests),
  Tell: { events: 1 },
}

function byStepFunctions(kind: Kind): Usage {
  const entered = statesEntered(answersOf[kind])
  const usages = entered.map((name) => stateUsage[name] ?? {})
  return together(webhook, { stateTransitions: entered.length }, ...usages)
}

async function byDurableFunction(kind: Kind): Promise<Usage> {
  const { operations, calls } = await runDurably(answersOf[kind])
  const writtenGb = (operations * assumed.durableOperationBytes) / bytesPerGb
  const keptDays = assumed.durableRetentionDays + (kind === 'rejected' ? appealWindowMs / dayMs : 0)
  return together(webhook, [calls, functionCall(0)], work(ourRequests[kind]), {
    durableOperations: operations,
    durableGbWritten: writtenGb,
    durableGbMonths: (writtenGb * keptDays * 24) / assumed.hoursPerMonth,
    events: 1,
  })
}

const cronMs = 5 * minuteMs
/** With the margin of ours, an hour. */
const pollsInWindow = (appealWindowMs + hourMs) / cronMs

/**
 * Every five minutes, one function reads all records that are not archived and looks at each pool;
 * it posts where nothing keeps it. It writes a record when it first sees a pool, before it posts
 * and at the end, and plans nothing.
 */
function byCron(kind: Kind): Usage {
  const looks = kind === 'rejected' ? pollsInWindow + 1 : 1
  const readUnits = (looks * assumed.cronRecordBytes) / 4_096 / 2
  return together(work(cronRequests(kind)), { tableWrites: 3, tableReads: readUnits, events: 1 })
}

function cronRequests(kind: Kind): number {
  const looks = kind === 'rejected' ? pollsInWindow + 1 : 1
  return looks * lookRequests + archiveRequests
}

const cronRuns = (assumed.hoursPerMonth * hourMs) / cronMs
const cronMonth = together(secrets, [
  cronRuns,
  together(functionCall(1), { schedules: 1, tableReads: 0.5 }),
])

/** The archiver of `npm start` on a t4g.nano: our own, so it asks Toloka what ours asks. */
const machineMonth: Usage = {
  machineHours: assumed.hoursPerMonth,
  addressHours: assumed.hoursPerMonth,
  diskGbMonths: 8,
}

function byMachine(kind: Kind): Usage {
  return { trafficOutGb: (ourRequests[kind] * assumed.requestBytes) / bytesPerGb }
}

export async function describeAlternatives(): Promise<readonly Alternative[]> {
  return [
    {
      name: 'Step Functions',
      perPool: { clean: byStepFunctions('clean'), rejected: byStepFunctions('rejected') },
      perMonth: secrets,
      tolokaRequests: ourRequests,
    },
    {
      name: 'Lambda durable function',
      perPool: {
        clean: await byDurableFunction('clean'),
        rejected: await byDurableFunction('rejected'),
      },
      perMonth: secrets,
      tolokaRequests: ourRequests,
    },
    {
      name: 'cron every five minutes',
      perPool: { clean: byCron('clean'), rejected: byCron('rejected') },
      perMonth: cronMonth,
      tolokaRequests: { clean: cronRequests('clean'), rejected: cronRequests('rejected') },
    },
    {
      name: 'small machine',
      perPool: { clean: byMachine('clean'), rejected: byMachine('rejected') },
      perMonth: machineMonth,
      tolokaRequests: ourRequests,
    },
  ]
}
