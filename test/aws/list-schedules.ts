import { ListSchedulesCommand, SchedulerClient } from '@aws-sdk/client-scheduler'
import type { AwsConnection } from './aws-connection.ts'

/** The names of the schedules in a group, in order. */
export async function listSchedules(
  connection: AwsConnection,
  group: string,
): Promise<readonly string[]> {
  const client = new SchedulerClient(connection)
  try {
    const { Schedules: schedules = [] } = await client.send(
      new ListSchedulesCommand({ GroupName: group }),
    )
    return schedules.flatMap(({ Name }) => Name ?? []).toSorted()
  } finally {
    client.destroy()
  }
}
