import { CreateScheduleCommand, SchedulerClient } from '@aws-sdk/client-scheduler'
import { hourMs, roundUpToMinute, secondMs, toIso, type Instant } from '../../domain/instant.ts'
import type { Clock, WakeUp, WakeUps } from '../../application/ports.ts'
import { clientOptions } from './client-options.ts'
import type { AwsConnection } from './operator-connection.ts'
import type { Queue } from './queue.ts'

export interface Scheduling {
  readonly client: Pick<SchedulerClient, 'send'>
  /** The group in which the schedules are made, by name. */
  readonly group: string
  /** As whom EventBridge Scheduler sends the message. */
  readonly roleArn: string
  readonly queueArn: string
  /** For messages that it cannot send. */
  readonly deadLetterQueueArn: string
}

export const connectScheduler = (connection: Partial<AwsConnection> = {}): SchedulerClient =>
  new SchedulerClient({ ...clientOptions, ...connection })

export interface WakeUpOptions {
  readonly queue: Queue
  readonly scheduling: Scheduling
  readonly clock: Clock
  /** Wake-ups further ahead than this are scheduled; nearer ones wait in the queue. */
  readonly queueHorizonMs: number
}

/** Wake-ups in a queue that delays them, and further ahead as one-time schedules for that queue. */
export function createWakeUps(options: WakeUpOptions): WakeUps {
  const { queue, scheduling, clock, queueHorizonMs } = options
  return {
    request: async (wakeUp) => {
      const aheadMs = wakeUp.dueAt - clock.now()
      await (aheadMs > queueHorizonMs
        ? schedule(scheduling, wakeUp)
        : queue.send(JSON.stringify(wakeUp), aheadMs))
    },
  }
}

/**
 * A schedule is never updated and never removed: one that is outdated fires and finds nothing to
 * do. The same pool at the same minute is the same schedule, so asking twice is a conflict.
 */
async function schedule(
  { client, group, roleArn, queueArn, deadLetterQueueArn }: Scheduling,
  wakeUp: WakeUp,
): Promise<void> {
  const at = minuteText(roundUpToMinute(wakeUp.dueAt))
  const command = new CreateScheduleCommand({
    Name: `${wakeUp.poolId}-${at.replaceAll(':', '-')}`,
    GroupName: group,
    ScheduleExpression: `at(${at}:00)`,
    ScheduleExpressionTimezone: 'UTC',
    FlexibleTimeWindow: { Mode: 'OFF' },
    ActionAfterCompletion: 'DELETE',
    Target: {
      Arn: queueArn,
      RoleArn: roleArn,
      Input: JSON.stringify(wakeUp),
      // What these defaults of EventBridge Scheduler amount to is stated, not left to it.
      RetryPolicy: {
        MaximumEventAgeInSeconds: (24 * hourMs) / secondMs,
        MaximumRetryAttempts: 185,
      },
      DeadLetterConfig: { Arn: deadLetterQueueArn },
    },
  })
  try {
    await client.send(command)
  } catch (error) {
    const isThere = error instanceof Error && error.name === 'ConflictException'
    if (!isThere) throw error
  }
}

/** Such as `2026-11-24T10:05`, UTC. */
function minuteText(instant: Instant): string {
  return toIso(instant).slice(0, 16)
}
