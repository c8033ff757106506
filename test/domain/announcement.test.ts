import { describe, expect, test } from '@jest/globals'
import { dayMs } from '../../functions/domain/instant.ts'
import { applyDecision } from '../../functions/domain/apply-decision.ts'
import type { Decision } from '../../functions/domain/record.ts'
import { facts } from '../support/pools.ts'
import { planned, recordAfter } from '../support/records.ts'

const { now } = facts
const held: Decision = { transition: 'hold', reason: 'keep-marker', dueAt: now + 7 * dayMs }
const confirmed: Decision = { transition: 'confirm', reason: 'already-archived', dueAt: now }

/** Ids of what there is to announce after some decisions. */
function announcedAfter(...decisions: readonly Decision[]): string[] {
  return recordAfter(...decisions).outbox.map(({ id }) => id)
}

describe('It is announced', () => {
  test('that archiving is planned, with its time', () => {
    expect(recordAfter({ ...planned, detail: 'One rejection.' }).outbox).toEqual([
      {
        id: '17:1',
        kind: 'PoolArchivalPlanned',
        poolId: '17',
        reason: 'appeal-window',
        detail: 'One rejection.',
        dueAt: facts.appealWindowEndsAt,
        at: now,
      },
    ])
  })

  test.each([
    'closed-for-update',
    'grace-period',
    'exam-window',
    'assignments-active',
    'review-pending',
    'appeal-window',
  ] as const)('that a wait with an end to it is planned: %s', (reason) => {
    expect(recordAfter({ ...planned, reason }).outbox).toMatchObject([
      { kind: 'PoolArchivalPlanned', reason },
    ])
  })

  test.each<readonly [Decision, string]>([
    [held, 'PoolHeld'],
    [confirmed, 'PoolArchived'],
    [{ transition: 'call-operator', reason: 'refused', dueAt: now }, 'PoolNeedsAttention'],
  ])('%j: %s', (decision, kind) => {
    expect(recordAfter(decision).outbox).toMatchObject([
      { id: '17:1', kind, reason: decision.reason, dueAt: decision.dueAt },
    ])
  })

  test('in the order of the happenings, each under its own id', () => {
    expect(recordAfter(planned, held, confirmed).outbox).toMatchObject([
      { id: '17:1', kind: 'PoolArchivalPlanned', at: now },
      { id: '17:2', kind: 'PoolHeld', at: now + dayMs },
      { id: '17:3', kind: 'PoolArchived', at: now + 2 * dayMs },
    ])
  })

  test('again for another reason, or when the same reason leads elsewhere', () => {
    const grace: Decision = { ...planned, reason: 'grace-period' }
    const handed: Decision = { ...planned, transition: 'call-operator' }
    expect(announcedAfter(planned, grace)).toEqual(['17:1', '17:2'])
    expect(announcedAfter(planned, handed)).toEqual(['17:1', '17:2'])
  })

  test('again when the facts move the plan', () => {
    const moved: Decision = { ...planned, dueAt: facts.appealWindowEndsAt + dayMs }
    expect(announcedAfter(planned, moved, moved, planned)).toEqual(['17:1', '17:2', '17:4'])
  })
})

test('A pool that was open in between tells a new story', () => {
  const watching: Decision = { transition: 'watch', reason: 'pool-open', dueAt: now }
  const refused: Decision = { transition: 'call-operator', reason: 'refused', dueAt: now }
  expect(announcedAfter(refused, refused, watching, refused)).toEqual(['17:1', '17:4'])
})

describe('It is not announced', () => {
  test.each<Decision>([
    { transition: 'discover', reason: 'discovered', dueAt: now },
    { transition: 'watch', reason: 'pool-open', dueAt: now },
    { transition: 'submit', reason: 'eligible', dueAt: now },
  ])('on the way: %j', (decision) => {
    expect(announcedAfter(decision)).toEqual([])
  })

  test('that Toloka works on it', () => {
    const accepted: Decision = { transition: 'accept', reason: 'operation-running', dueAt: now }
    expect(announcedAfter(planned, accepted)).toEqual(['17:1'])
  })

  test.each(['pool-locked', 'close-time-unknown', 'refused', 'daily-limit'] as const)(
    'that it gets late, without a time for it: %s',
    (reason) => {
      expect(announcedAfter({ ...planned, reason })).toEqual([])
    },
  )

  test.each([planned, held, { ...held, transition: 'call-operator' as const }])(
    'that Toloka could not be asked in between: %j',
    (decision) => {
      const postponed: Decision = {
        transition: 'postpone',
        reason: 'toloka-unreachable',
        dueAt: now,
      }
      expect(announcedAfter(decision, postponed, decision, postponed)).toEqual(['17:1'])
    },
  )

  test('a second time when the same was decided again', () => {
    const weekLater: Decision = { ...held, dueAt: now + 14 * dayMs }
    expect(announcedAfter(held, weekLater, { ...weekLater, detail: 'Again.' })).toEqual(['17:1'])
  })

  test('when a wait merely lengthens', () => {
    const review: Decision = { transition: 'plan', reason: 'review-pending', dueAt: now, looks: 1 }
    const longer: Decision = { ...review, dueAt: now + dayMs, looks: 2 }
    expect(announcedAfter(review, longer)).toEqual(['17:1'])
  })
})

describe('What was sent', () => {
  const sent = { ...recordAfter(planned), outbox: [] }

  test('does not come back with the next decision', () => {
    expect(applyDecision(sent, planned, now).outbox).toEqual([])
    expect(applyDecision(sent, held, now).outbox).toMatchObject([{ id: '17:2', kind: 'PoolHeld' }])
  })

  test('of an archived pool is settled, which is no news', () => {
    const archived = { ...recordAfter(confirmed), outbox: [] }
    const settled: Decision = { ...confirmed, transition: 'settle', dueAt: null }
    expect(applyDecision(archived, settled, now)).toMatchObject({
      state: 'archived',
      dueAt: null,
      outbox: [],
      version: 2,
    })
  })
})
