import * as z from 'zod/mini'

const stackOutputs = z.object({
  WebhookUrl: z.string(),
  TableName: z.string(),
  WakeUpQueueUrl: z.string(),
  DeadLetterQueueUrl: z.string(),
  SweepQueueUrl: z.string(),
  ScheduleGroupName: z.string(),
  EventBusName: z.string(),
  TopicArn: z.string(),
  OperatorPolicyArn: z.string(),
  WebhookSecretArn: z.string(),
})

/** What the stack promises to tell of itself. */
export type StackOutputs = z.infer<typeof stackOutputs>

export function parseStackOutputs(outputs: ReadonlyMap<string, string>): StackOutputs {
  return stackOutputs.parse(Object.fromEntries(outputs))
}
