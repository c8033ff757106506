import { ListSchedulesCommand, type SchedulerClient } from '@aws-sdk/client-scheduler'

/** As many as Scheduler lists at once. */
const most = 100

/**
 * How many schedules there are in a group, and whether there are more than could be counted. May
 * throw an error of the AWS SDK.
 */
export async function countSchedules(
  client: Pick<SchedulerClient, 'send'>,
  group: string,
): Promise<{ readonly count: number; readonly isAtLeast: boolean }> {
  const list = new ListSchedulesCommand({ GroupName: group, MaxResults: most })
  const { Schedules = [], NextToken } = await client.send(list)
  return { count: Schedules.length, isAtLeast: NextToken !== undefined }
}
