import { writeFileSync } from 'node:fs'
import { setImmediate } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import * as z from 'zod/mini'
import { startFunction, type WarmFunction } from '../../fuzz/warm-function.ts'
import { startStack, webhookSecret, type FunctionName, type Stack } from '../../handlers/stack.ts'
import type { AwsCall } from '../../adapters/aws/aws-endpoint.ts'
import { makeTemporaryFolder } from '../../support/temporary-folder.ts'
import { meterTable, type TableUnits } from './metered-table.ts'

/** A message that the queue will show, ms since the epoch. */
export interface DueMessage {
  readonly body: string
  readonly dueAt: number
}

/** What one call of a function did. */
export interface Called {
  readonly table: TableUnits
  readonly queueSends: number
  readonly schedules: number
  readonly events: number
  readonly secretReads: number
  readonly tolokaRequests: number
  readonly log: string
  /** What it asked the queue or Scheduler to bring back. */
  readonly messages: readonly DueMessage[]
}

export interface BilledWorld {
  readonly stack: Stack
  readonly now: () => number
  /** Of Toloka, and of the functions. */
  readonly goTo: (at: number) => void
  /** @param isCold whether the function has to be started for it */
  readonly call: (name: FunctionName, event: unknown, isCold: boolean) => Promise<Called>
  readonly close: () => Promise<void>
}

/** The functions as on AWS, where every call of a service is noted and the clock can jump. */
export async function openBilledWorld(): Promise<BilledWorld> {
  let aheadMs = 0
  const now = (): number => Date.now() + aheadMs
  const stack = await startStack({ webhook: webhookSecret }, now)
  const folder = makeTemporaryFolder()
  const meter = await meterTable(stack.environmentOf('wake-up')['AWS_ENDPOINT_URL_DYNAMODB'] ?? '')
  const clockFile = folder.file('clock-ahead')
  const goTo = (at: number): void => {
    aheadMs = Math.max(aheadMs, at - Date.now())
    writeFileSync(clockFile, String(aheadMs))
  }
  goTo(0)
  const environment = {
    AWS_ENDPOINT_URL_DYNAMODB: meter.url,
    CLOCK_AHEAD_FILE: clockFile,
    NODE_OPTIONS: `--import=${pathToFileURL('test/bench/cost/moved-clock.ts').href}`,
  }
  const warm = new Map<FunctionName, WarmFunction>()
  const start = (name: FunctionName) => startFunction(stack, name, environment)

  const warmOne = (name: FunctionName): WarmFunction => {
    const one = warm.get(name) ?? start(name)
    warm.set(name, one)
    return one
  }

  return {
    stack,
    now,
    goTo,
    call: async (name, event, isCold) => {
      const called = isCold ? start(name) : warmOne(name)
      const callsBefore = stack.calls.length
      const requestsBefore = stack.model.requests.total
      await called.invoke(event)
      if (isCold) await called.end()
      // What was printed is in the pipe before the answer is; so it has been read after this turn.
      await setImmediate()
      await setImmediate()
      const calls = stack.calls.slice(callsBefore)
      return {
        ...countCalls(calls),
        table: meter.take(),
        tolokaRequests: stack.model.requests.total - requestsBefore,
        log: called.takeOutput(),
        messages: calls.flatMap((call) => readMessage(call, now())),
      }
    },
    close: async () => {
      for (const one of warm.values()) await one.end()
      await meter.close()
      await stack.close()
      folder.remove()
    },
  }
}

/** @throws Error at a call that nobody has thought of: it would not be billed */
function countCalls(calls: readonly AwsCall[]) {
  const counts = { queueSends: 0, schedules: 0, events: 0, secretReads: 0 }
  for (const { operation } of calls) {
    if (operation === 'AmazonSQS.SendMessage') counts.queueSends += 1
    else if (operation.startsWith('POST /schedules/')) counts.schedules += 1
    else if (operation === 'AWSEvents.PutEvents') counts.events += 1
    else if (operation === 'secretsmanager.GetSecretValue') counts.secretReads += 1
    else throw new Error(`${operation} has no price yet.`)
  }
  return counts
}

const sent = z.object({ MessageBody: z.string(), DelaySeconds: z.number() })
const scheduled = z.object({
  ScheduleExpression: z.string(),
  Target: z.object({ Input: z.string() }),
})

function readMessage({ operation, input }: AwsCall, now: number): readonly DueMessage[] {
  if (operation === 'AmazonSQS.SendMessage') {
    const { MessageBody, DelaySeconds } = z.parse(sent, input)
    return [{ body: MessageBody, dueAt: now + DelaySeconds * 1_000 }]
  }
  if (!operation.startsWith('POST /schedules/')) return []
  const { ScheduleExpression, Target } = z.parse(scheduled, input)
  const [, minute = ''] = /^at\((.*)\)$/.exec(ScheduleExpression) ?? []
  return [{ body: Target.Input, dueAt: Date.parse(`${minute}Z`) }]
}
