import { acceptance, confirmation, withOperation } from '../domain/decision.ts'
import { dayMs } from '../domain/instant.ts'
import { hasEnded } from '../domain/operation.ts'
import type { ArchivalRecord, Attempt, Decision } from '../domain/record.ts'
import type { Dependencies } from './dependencies.ts'

/**
 * Toloka's clock may be far behind the time that we wrote down, if it does not tell its time. What
 * is found too early is known already, or a reason for more caution.
 */
const clockToleranceMs = dayMs

/**
 * Finds out what became of an archive request whose answer nobody got: the pool tells the end,
 * the list of operations tells the rest. Only if there is no trace of it is the pool evaluated
 * anew, and perhaps requested again.
 */
export async function recoverAttempt(
  { toloka, clock }: Dependencies,
  record: ArchivalRecord,
  attempt: Attempt,
): Promise<Decision> {
  const pool = await toloka.readPool(record.poolId)
  const since = attempt.startedAt - clockToleranceMs
  const found = await toloka.findArchiveOperations(record.poolId, since)
  const unknown = found.filter(({ id }) => record.operations.every((known) => known.id !== id))
  const now = clock.now()
  const operations = unknown.reduce(
    (known, operation) => withOperation(known, operation, now),
    record.operations,
  )
  if (pool.value.status === 'ARCHIVED') return confirmation(record, { operations })

  const operation = unknown.find((candidate) => !hasEnded(candidate)) ?? unknown.at(-1)
  if (operation) return { ...acceptance(record, operation, now), operations }
  return {
    transition: 'plan',
    reason: 'outcome-unknown',
    detail: `Archive request ${attempt.number} left no trace at Toloka.`,
    dueAt: now,
    looks: 1,
    attempt: null,
    lookAgain: true,
  }
}
