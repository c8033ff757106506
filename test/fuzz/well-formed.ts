import * as z from 'zod/mini'

/** What the ports promise of values out of Toloka's answers, said once more. */
const id = z.string().check(z.minLength(1))
const poolId = z.string().check(z.regex(/^\d{1,32}$/))
/** Anything that can be written down as a date. */
const instant = z.int().check(z.minimum(-8.64e15), z.maximum(8.64e15))
const text = z.nullable(z.string())
const maybe = z.nullable(instant)

const pool = z.strictObject({
  id: poolId,
  projectId: id,
  privateName: text,
  privateComment: text,
  metadata: z.record(z.string(), z.array(z.string())),
  status: z.string(),
  lastCloseReason: text,
  lastStartedAt: maybe,
  lastStoppedAt: maybe,
  training: z.boolean(),
  assignmentMaxDurationSeconds: z.nullable(z.number()),
  autoAcceptPeriodDays: z.nullable(z.number()),
  decidesAutomatically: z.boolean(),
})

const assignment = z.strictObject({ id, poolId: id, status: z.string(), rejectedAt: maybe })

const operation = z.strictObject({
  id,
  type: z.string(),
  status: z.string(),
  poolId: text,
  submittedAt: maybe,
  startedAt: maybe,
  finishedAt: maybe,
  progress: z.nullable(z.number()),
  details: text,
})

const subscription = z.strictObject({
  id,
  poolId: id,
  eventType: z.string(),
  webhookUrl: z.string(),
  createdAt: maybe,
})

export const wellFormed = {
  poolAnswer: z.strictObject({ value: pool, serverTime: maybe }),
  poolPage: z.strictObject({
    pools: z.array(pool),
    next: text,
    unreadable: z.array(z.strictObject({ poolId: z.nullable(poolId), problem: z.string() })),
  }),
  assignmentAnswer: z.strictObject({ value: z.nullable(assignment), serverTime: maybe }),
  archiveAnswer: z.union([
    z.strictObject({ kind: z.literal('already-archived') }),
    z.strictObject({ kind: z.literal('accepted'), operation }),
  ]),
  operation,
  operations: z.array(operation),
  requester: z.object({ id }),
  outcomes: z.array(
    z.strictObject({ poolId, subscription: z.nullable(subscription), problem: text }),
  ),
  subscriptions: z.array(subscription),
  nothing: z.undefined(),
  testOutcome: z.strictObject({
    success: z.boolean(),
    errorType: text,
    receivedStatus: z.nullable(z.number()),
  }),
}
