import { describe, expect, test } from '@jest/globals'
import { minuteMs } from '../../functions/domain/instant.ts'
import { planByRecord, planByRule } from '../../functions/domain/plan-pool.ts'
import { newRecord, type ArchivalRecord } from '../../functions/domain/record.ts'
import type { Verdict } from '../../functions/domain/verdict.ts'
import { defaultPolicy, facts, finishedPool } from '../support/pools.ts'

const { now } = facts
const pool = finishedPool()
const later = now + 90 * minuteMs

function recordWith(change: Partial<ArchivalRecord>): ArchivalRecord {
  return { ...newRecord(pool.id, now), ...change }
}

function byRule(verdict: Verdict, record: ArchivalRecord | null = null) {
  const look = { pool, assignments: {}, verdict, policy: defaultPolicy(), now }
  const { outcome, reason, at } = planByRule(record, look, defaultPolicy(), now)
  return [outcome, reason, at]
}

const archive: Verdict = { action: 'archive', reason: 'eligible' }
const toGrace: Verdict = {
  action: 'wait',
  reason: 'grace-period',
  until: now + 60 * minuteMs - 1,
  backoff: null,
  warning: false,
}
const toReview: Verdict = {
  ...toGrace,
  reason: 'review-pending',
  backoff: { firstMs: 60 * minuteMs, maxMs: 60 * minuteMs },
}

describe('The record alone says what becomes of a pool', () => {
  test.each([
    ['submitting', 'under-way'],
    ['archiving', 'under-way'],
    ['archived', 'under-way'],
    ['attention', 'attention'],
    ['watching', undefined],
    ['waiting', undefined],
    ['held', undefined],
  ] as const)('that is %s', (state, outcome) => {
    const record = recordWith({ state, reason: 'refused', detail: 'words', dueAt: later })
    const expected = outcome && {
      poolId: pool.id,
      projectId: pool.projectId,
      name: pool.privateName,
      outcome,
      reason: 'refused',
      detail: 'words',
      at: later,
    }
    expect(planByRecord(pool, record)).toEqual(expected ?? null)
  })

  test('if there is one', () => {
    expect(planByRecord(pool, null)).toBeNull()
  })
})

describe('The rule says what becomes of a pool', () => {
  test.each<[name: string, verdict: Verdict, expected: unknown[]]>([
    [
      'archived since it was listed',
      { action: 'finish', reason: 'already-archived' },
      ['under-way', 'already-archived', null],
    ],
    [
      'open since it was listed',
      { action: 'watch', reason: 'pool-open' },
      ['keep', 'pool-open', null],
    ],
    ['kept', { action: 'hold', reason: 'keep-marker', until: null }, ['keep', 'keep-marker', null]],
    [
      'held',
      { action: 'hold', reason: 'held-by-operator', until: later },
      ['keep', 'held-by-operator', later],
    ],
    ['eligible', archive, ['archive', 'eligible', now]],
    ['waiting for a known time', toGrace, ['archive', 'grace-period', now + 60 * minuteMs]],
    ['waiting for a review', toReview, ['wait', 'review-pending', now + 60 * minuteMs]],
  ])('that is %s', (_name, verdict, expected) => {
    expect(byRule(verdict)).toEqual(expected)
  })

  test('that has not been closed for ever, whatever date Toloka tells', () => {
    const [, , at] = byRule({ ...toGrace, until: Infinity })
    expect(at).toBeLessThan(now + 366 * 86_400_000)
  })
})

describe('What a record waits for makes a pool later', () => {
  const waits = recordWith({ reason: 'daily-limit', dueAt: later })
  const cooldown = { until: later + 1, reason: 'operation-failed' } as const
  test.each<[name: string, verdict: Verdict, record: Partial<ArchivalRecord>, expected: unknown[]]>(
    [
      ['its turn', archive, waits, ['archive', 'daily-limit', later]],
      ['its turn, longer than a grace', toGrace, waits, ['archive', 'daily-limit', later]],
      [
        'a grace that is longer',
        toGrace,
        { dueAt: now + 1 },
        ['archive', 'grace-period', now + 60 * minuteMs],
      ],
      ['nothing that is ahead', archive, { dueAt: now - 1 }, ['archive', 'eligible', now]],
      [
        'a switch that is turned',
        archive,
        { dueAt: later, fingerprint: 'parked' },
        ['archive', 'eligible', now],
      ],
      [
        'a marker that was taken away',
        archive,
        { state: 'held', dueAt: later },
        ['archive', 'eligible', now],
      ],
      [
        'a failure to be over',
        archive,
        { cooldown },
        ['archive', 'operation-failed', later + minuteMs],
      ],
      [
        'a failure that is over',
        archive,
        { cooldown: { ...cooldown, until: now } },
        ['archive', 'eligible', now],
      ],
      [
        'the look that is planned',
        toReview,
        { reason: 'review-pending', dueAt: later },
        ['wait', 'review-pending', later],
      ],
      [
        'no look that has passed',
        toReview,
        { reason: 'review-pending', dueAt: now },
        ['wait', 'review-pending', now + 60 * minuteMs],
      ],
    ],
  )('%s', (_name, verdict, change, expected) => {
    expect(byRule(verdict, recordWith(change))).toEqual(expected)
  })
})
