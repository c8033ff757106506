import * as z from 'zod/mini'
import { askAws } from './ask-aws.ts'
import type { AwsConnection } from './aws-connection.ts'

const answer = z.object({
  events: z.array(z.object({ message: z.string() })),
  nextToken: z.optional(z.string()),
})

/** Everything that a function has printed, with Lambda's own lines. */
export async function readLogs(
  connection: AwsConnection,
  functionName: string,
): Promise<readonly string[]> {
  const lines: string[] = []
  let nextToken: string | undefined
  do {
    const text = await askAws(connection, {
      service: 'logs',
      target: 'Logs_20140328.FilterLogEvents',
      json: { logGroupName: `/aws/lambda/${functionName}`, nextToken },
    })
    const page = answer.parse(JSON.parse(text))
    lines.push(...page.events.map(({ message }) => message))
    nextToken = page.nextToken
  } while (nextToken !== undefined)
  return lines
}
