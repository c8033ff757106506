import { describe, expect, test } from '@jest/globals'
import { archivedAt, isArchivedByUs } from '../../functions/domain/archived.ts'
import { dayMs, hourMs } from '../../functions/domain/instant.ts'
import type { FollowedOperation } from '../../functions/domain/operation.ts'
import type { ArchivalRecord, Decision } from '../../functions/domain/record.ts'
import { facts } from '../support/pools.ts'
import { archiveOperation, planned, recordAfter } from '../support/records.ts'

const submission: Decision = {
  transition: 'submit',
  reason: 'eligible',
  dueAt: facts.now,
  attempt: { number: 1, startedAt: facts.now, leaseUntil: facts.now },
}
const confirm: Decision = { transition: 'confirm', reason: 'already-archived', dueAt: null }

function archivedWith(operations: readonly FollowedOperation[]): ArchivalRecord {
  return { ...recordAfter(submission, confirm), operations }
}

describe('An archived pool', () => {
  test.each([
    ['ours', [archiveOperation({ status: 'SUCCESS' })], true],
    ['ours, of which the end was not seen', [archiveOperation()], true],
    ['somebody else’s if ours failed', [archiveOperation({ status: 'FAIL' })], false],
    ['somebody else’s if there is none', [], false],
    [
      'somebody else’s if it ran before we asked',
      [archiveOperation({ status: 'SUCCESS', submittedAt: facts.now - hourMs })],
      false,
    ],
  ] as const)('was archived by an operation that is %s', (_, operations, isOurs) => {
    expect(isArchivedByUs(archivedWith(operations))).toBe(isOurs)
  })

  test('was archived when that was first seen, whatever became known later', () => {
    const settled: Decision = { ...confirm, transition: 'settle' }

    expect(archivedAt(recordAfter(planned, confirm, settled))).toBe(facts.now + dayMs)
  })

  test('is none while it waits', () => {
    expect(archivedAt(recordAfter(planned))).toBeNull()
  })
})
