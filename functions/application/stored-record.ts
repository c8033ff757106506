// From here alone: the name `z.core` would keep everything of zod in a bundle, 390 KB of it.
import { $ZodError } from 'zod/v4/core'
import * as z from 'zod/mini'
import { isReasonCode, type ReasonCode } from '../domain/reasons.ts'
import { despites } from '../domain/override.ts'
import { recordSchema, type ArchivalRecord } from '../domain/record.ts'
import { states } from '../domain/states.ts'

/** As codes are stored; a code that is not known here is an error, never a guess. */
const reasonCode = z.custom<ReasonCode>(
  (value) => typeof value === 'string' && isReasonCode(value),
  'Expected a known reason code',
)
const stateName = z.enum(states)

const instant = z.int()
const text = z.string()
const maybe = z.nullable

const seenPool = z.object({
  projectId: text,
  privateName: maybe(text),
  status: text,
  lastCloseReason: maybe(text),
  lastStoppedAt: maybe(instant),
  newestRejectionAt: maybe(instant),
  readAt: instant,
})

const hold = z.object({
  by: text,
  reason: text,
  since: instant,
  until: z.union([instant, z.literal('for-ever')]),
})

const override = z.object({
  by: text,
  since: instant,
  despite: maybe(z.enum(despites)),
  lastStartedAt: maybe(instant),
  lastStoppedAt: maybe(instant),
})

const attempt = z.object({ number: z.int(), startedAt: instant, leaseUntil: instant })

const cooldown = z.object({ until: instant, reason: reasonCode })

const operation = z.object({
  id: text,
  type: text,
  status: text,
  poolId: maybe(text),
  submittedAt: maybe(instant),
  startedAt: maybe(instant),
  finishedAt: maybe(instant),
  progress: maybe(z.number()),
  details: maybe(text),
  knownAt: instant,
  looks: z.int(),
})

export const answeredError = z.object({
  at: instant,
  call: text,
  status: maybe(z.int()),
  code: maybe(text),
  message: text,
  requestId: maybe(text),
})

const announcementKind = z.enum([
  'PoolArchivalPlanned',
  'PoolHeld',
  'PoolArchived',
  'PoolNeedsAttention',
])

const announced = z.object({ kind: announcementKind, reason: reasonCode, dueAt: maybe(instant) })

const announcement = z.object({
  id: text,
  kind: announcementKind,
  poolId: text,
  reason: reasonCode,
  detail: maybe(text),
  dueAt: maybe(instant),
  at: instant,
  toldTo: z.optional(z.array(text)),
})

const historyEntry = z.object({
  at: instant,
  state: stateName,
  reason: reasonCode,
  detail: maybe(text),
  dueAt: maybe(instant),
  times: z.int(),
  lastAt: instant,
})

const recordOfSchema1 = z.object({
  schema: z.literal(1),
  poolId: text,
  version: z.int(),
  state: stateName,
  reason: reasonCode,
  detail: maybe(text),
  warning: z.boolean(),
  dueAt: maybe(instant),
  looks: z.int(),
  fingerprint: maybe(text),
  pool: maybe(seenPool),
  hold: maybe(hold),
  attempt: maybe(attempt),
  attempts: z.int(),
  operations: z.array(operation),
  following: maybe(text),
  failures: z.int(),
  cooldown: maybe(cooldown),
  refusedSince: maybe(instant),
  lastError: maybe(answeredError),
  outbox: z.array(announcement),
  announced: maybe(announced),
  history: z.array(historyEntry),
  createdAt: instant,
  updatedAt: instant,
})

const storedRecord = z.extend(recordOfSchema1, {
  schema: z.literal(recordSchema),
  override: maybe(override),
})

/** How to read each schema that was ever stored; a newer shape adds a line that upgrades this one. */
const readers: Readonly<Record<number, (body: unknown) => ArchivalRecord>> = {
  1: (body) => ({ ...z.parse(recordOfSchema1, body), schema: recordSchema, override: null }),
  2: (body) => z.parse(storedRecord, body),
}

const head = z.object({ schema: z.int() })

/** A stored record makes no sense here. It was not changed. */
export class UnreadableRecordError extends Error {
  override readonly name = 'UnreadableRecordError'
  readonly poolId: string

  constructor(poolId: string, problem: string, options?: ErrorOptions) {
    super(
      `The stored record of pool ${poolId} cannot be read: ${problem}. It was left as it is. ` +
        'Was it written by a newer archiver? Then start that one again; else restore a backup.',
      options,
    )
    this.poolId = poolId
  }
}

/**
 * The record of a pool out of the text in which it is stored, in today's shape.
 *
 * @throws UnreadableRecordError
 */
export function parseRecord(poolId: string, body: string): ArchivalRecord {
  const value = explained(poolId, (): unknown => JSON.parse(body))
  const { schema } = explained(poolId, () => z.parse(head, value))
  const read = readers[schema]
  if (read === undefined) {
    const problem = `its schema is ${schema}, and only ${recordSchema} and older are known`
    throw new UnreadableRecordError(poolId, problem)
  }
  const record = explained(poolId, () => read(value))
  if (record.poolId === poolId) return record
  throw new UnreadableRecordError(poolId, 'it is that of another pool')
}

/** What `read` gives, or why it cannot be read: one bad record must not hide those beside it. */
export function tryToReadRecord(
  read: () => ArchivalRecord,
): ArchivalRecord | UnreadableRecordError {
  try {
    return read()
  } catch (error) {
    if (error instanceof UnreadableRecordError) return error
    throw error
  }
}

function explained<Value>(poolId: string, read: () => Value): Value {
  try {
    return read()
  } catch (error) {
    throw new UnreadableRecordError(poolId, describeProblem(error), { cause: error })
  }
}

function describeProblem(error: unknown): string {
  if (!(error instanceof $ZodError)) return String(error)
  return error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')
}
