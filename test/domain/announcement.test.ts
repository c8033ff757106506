import { describe, expect, test } from '@jest/globals'
import { dayMs } from '../../functions/domain/instant.ts'
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

  test('again for another reason, but not because it was open in between', () => {
    const grace: Decision = { ...planned, reason: 'grace-period' }
    const watching: Decision = { transition: 'watch', reason: 'pool-open', dueAt: now }
    expect(announcedAfter(planned, grace)).toEqual(['17:1', '17:2'])
    expect(announcedAfter(planned, watching, planned)).toEqual(['17:1'])
  })

  test('that a person is needed, if the same reason only made us wait before', () => {
    const refused: Decision = { transition: 'plan', reason: 'refused', dueAt: now, looks: 1 }
    expect(announcedAfter(refused, { ...refused, transition: 'call-operator' })).toEqual(['17:2'])
  })

  test('again when the facts move the plan', () => {
    const moved: Decision = { ...planned, dueAt: facts.appealWindowEndsAt + dayMs }
    expect(announcedAfter(planned, moved, moved, planned)).toEqual(['17:1', '17:2', '17:4'])
  })
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

  test('a second time when the same was decided again', () => {
    const weekLater: Decision = { ...held, dueAt: now + 14 * dayMs }
    expect(announcedAfter(held, weekLater, { ...weekLater, detail: 'Again.' })).toEqual(['17:1'])
  })

  test('when a wait merely lengthens', () => {
    const inReview: Decision = { ...planned, reason: 'review-pending', looks: 1 }
    const longer: Decision = { ...inReview, dueAt: now + dayMs, looks: 2 }
    expect(announcedAfter(inReview, longer)).toEqual(['17:1'])
  })

  test('when Toloka could not be asked in between', () => {
    const unreachable: Decision = {
      transition: 'postpone',
      reason: 'toloka-unreachable',
      dueAt: now,
    }
    expect(announcedAfter(held, unreachable, held)).toEqual(['17:1'])
  })

  test('that a wait is for reasons of our own', () => {
    const limited: Decision = { transition: 'plan', reason: 'daily-limit', dueAt: now }
    expect(announcedAfter(limited)).toEqual([])
  })
})
