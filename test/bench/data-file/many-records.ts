import { applyDecision } from '../../../functions/domain/apply-decision.ts'
import { confirmation } from '../../../functions/domain/decision.ts'
import { dayMs, hourMs, type Instant } from '../../../functions/domain/instant.ts'
import { newRecord, type ArchivalRecord, type Decision } from '../../../functions/domain/record.ts'
import type { LocalArchiver } from '../../../functions/runtime/local.ts'
import { archiveOperation } from '../../support/records.ts'

/** Records that are written into one commit. */
const batch = 5_000
const firstPoolId = 36_000_000

/**
 * Puts records of pools into an archiver, with the wake-ups that belong to them: due in one day to
 * nine. Four of ten pools have one; returns their ids.
 */
export async function addManyRecords(
  { store, queue }: Pick<LocalArchiver, 'store' | 'queue'>,
  count: number,
  now: Instant,
): Promise<readonly string[]> {
  const withWakeUp: string[] = []
  for (let from = 0; from < count; from += batch) {
    const records = Array.from({ length: Math.min(batch, count - from) }, (_, index) =>
      recordOf(from + index, now),
    )
    await Promise.all(
      records.flatMap((record) => {
        const { poolId, dueAt } = record
        const put = store.put(record, 0)
        if (dueAt === null) return [put]
        withWakeUp.push(poolId)
        return [put, queue.request({ version: 1, poolId, cause: 'timer', dueAt })]
      }),
    )
  }
  return withWakeUp
}

/** Six of ten are archived; three wait for the end of an appeal window, and one is held. */
function recordOf(index: number, now: Instant): ArchivalRecord {
  const poolId = String(firstPoolId + index)
  const kind = index % 10
  const dueAt = now + dayMs + (index % (8 * 24 * 60)) * 60_000
  const pool = {
    projectId: String(1_500 + (index % 40)),
    privateName: `Street signs, part ${index}`,
    status: 'CLOSED',
    lastCloseReason: 'COMPLETED',
    lastStoppedAt: now - 10 * dayMs,
    newestRejectionAt: kind < 9 ? now - 9 * dayMs : null,
    readAt: now,
  }
  const plan: Decision = { transition: 'plan', reason: 'appeal-window', dueAt, pool }
  if (kind >= 9) {
    const fingerprint = 'an-invented-fingerprint-of-a-pool'
    return written(poolId, now, [
      { transition: 'hold', reason: 'keep-marker', dueAt, pool, fingerprint },
    ])
  }
  if (kind >= 6) return written(poolId, now, [plan])
  const operation = archiveOperation({ id: `operation-${index}`, poolId, status: 'SUCCESS' })
  const attempt = { number: 1, startedAt: now, leaseUntil: now + hourMs }
  const accept: Decision = {
    transition: 'accept',
    reason: 'operation-running',
    dueAt,
    attempt: null,
    operations: [operation],
    following: operation.id,
  }
  const submit: Decision = { transition: 'submit', reason: 'eligible', dueAt, attempt }
  return written(poolId, now, [plan, submit, accept, (record) => confirmation(record, { pool })])
}

type Step = Decision | ((record: ArchivalRecord) => Decision)

/** As it is once everything is announced. */
function written(poolId: string, now: Instant, steps: readonly Step[]): ArchivalRecord {
  const record = steps.reduce(
    (before, step) => applyDecision(before, typeof step === 'function' ? step(before) : step, now),
    newRecord(poolId, now),
  )
  return { ...record, outbox: [] }
}
