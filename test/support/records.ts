import { dayMs } from '../../functions/domain/instant.ts'
import type { FollowedOperation } from '../../functions/domain/operation.ts'
import { applyDecision } from '../../functions/domain/apply-decision.ts'
import { newRecord, type ArchivalRecord, type Decision } from '../../functions/domain/record.ts'
import { facts } from './pools.ts'

/** The record of pool 17 after some decisions, one a day; the first at `facts.now`. */
export function recordAfter(...decisions: readonly Decision[]): ArchivalRecord {
  return decisions.reduce(
    (record, decision, index) => applyDecision(record, decision, facts.now + index * dayMs),
    newRecord('17', facts.now),
  )
}

/** Wait for the end of the appeal window. */
export const planned: Decision = {
  transition: 'plan',
  reason: 'appeal-window',
  dueAt: facts.appealWindowEndsAt,
}

export function archiveOperation(change: Partial<FollowedOperation> = {}): FollowedOperation {
  return {
    id: 'operation-1',
    type: 'POOL.ARCHIVE',
    status: 'RUNNING',
    poolId: '17',
    submittedAt: facts.now,
    startedAt: facts.now,
    finishedAt: null,
    progress: null,
    details: null,
    knownAt: facts.now,
    looks: 0,
    ...change,
  }
}
