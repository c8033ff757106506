import {
  attentionLookMs,
  confirmation,
  cooldownAfterFailure,
  unconfirmedArchive,
  withOperation,
} from '../domain/decision.ts'
import { dayMs, hourMs } from '../domain/instant.ts'
import {
  followUpDelayMs,
  hasEnded,
  type FollowedOperation,
  type Operation,
} from '../domain/operation.ts'
import type { ArchivalRecord, Decision } from '../domain/record.ts'
import type { Dependencies } from './dependencies.ts'
import { TolokaError } from './toloka-error.ts'

/** From this age on, an operation is slow, and the pool itself is read beside it. */
const slowMs = hourMs
/** From this age on, a person should ask Toloka. */
const stuckMs = dayMs

/** Looks at the archive operation that a record waits for, until Toloka names its end. */
export async function followOperation(
  dependencies: Dependencies,
  record: ArchivalRecord,
  known: FollowedOperation,
): Promise<Decision> {
  const operation = hasEnded(known) ? known : await readOperation(dependencies, known)
  const now = dependencies.clock.now()
  const operations =
    operation === known ? record.operations : withOperation(record.operations, operation, now)
  if (operation.status === 'SUCCESS') return verify(dependencies, record, operations)
  if (operation.status === 'FAIL') return failure(dependencies, record, operation, operations)

  const ageMs = now - known.knownAt
  if (ageMs >= slowMs && (await isArchived(dependencies, record))) {
    return confirmation(record, { operations })
  }
  const following = { reason: 'operation-running', operations } as const
  if (ageMs >= stuckMs) {
    return {
      ...following,
      transition: 'call-operator',
      reason: 'operation-stuck',
      detail: `Operation ${operation.id} is ${operation.status} for more than a day.`,
      dueAt: now + attentionLookMs,
    }
  }
  const dueAt = now + followUpDelayMs(known.looks + 1)
  return { ...following, transition: 'follow', dueAt, warning: ageMs >= slowMs }
}

/** Another operation of the pool: while one lives, nothing is requested. */
function liveAmong(operations: readonly FollowedOperation[]): string | null {
  return operations.find((operation) => !hasEnded(operation))?.id ?? null
}

/** An operation that Toloka no longer knows has no end that we know of: never invent one. */
async function readOperation(
  { toloka }: Dependencies,
  known: FollowedOperation,
): Promise<Operation> {
  try {
    return await toloka.readOperation(known.id)
  } catch (error) {
    if (error instanceof TolokaError && error.answerClass === 'this-pool') return { ...known }
    throw error
  }
}

async function isArchived({ toloka }: Dependencies, { poolId }: ArchivalRecord): Promise<boolean> {
  return (await toloka.readPool(poolId)).value.status === 'ARCHIVED'
}

/** SUCCESS is a word; a pool that reads ARCHIVED is evidence. */
async function verify(
  dependencies: Dependencies,
  record: ArchivalRecord,
  operations: readonly FollowedOperation[],
): Promise<Decision> {
  if (await isArchived(dependencies, record)) return confirmation(record, { operations })
  const next = unconfirmedArchive(dependencies.clock.now())
  return { ...next, following: liveAmong(operations), operations }
}

/** The facts are looked at again at once: a new rejection explains a failure. */
function failure(
  { clock, journal }: Dependencies,
  record: ArchivalRecord,
  operation: Operation,
  operations: readonly FollowedOperation[],
): Decision {
  const now = clock.now()
  const failures = record.failures + 1
  const cooldown = cooldownAfterFailure(failures, now)
  journal.write('OPERATION_FAILED', {
    poolId: record.poolId,
    operationId: operation.id,
    details: operation.details,
  })
  const why = operation.details === null ? '' : `: ${operation.details}`
  return {
    transition: 'plan',
    reason: 'operation-failed',
    detail: `Operation ${operation.id} failed${why}`,
    dueAt: cooldown.until,
    looks: 1,
    following: liveAmong(operations),
    operations,
    failures,
    cooldown,
    lookAgain: true,
  }
}
