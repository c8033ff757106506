import { describe, expect, test } from '@jest/globals'
import { fingerprint } from '../../functions/domain/fingerprint.ts'
import { dayMs } from '../../functions/domain/instant.ts'
import type { PoolPolicy } from '../../functions/domain/policy.ts'
import type { Pool } from '../../functions/domain/pool.ts'
import { defaultPolicy, facts, finishedPool, holdUntil } from '../support/pools.ts'

const usual = fingerprint(finishedPool(), defaultPolicy(), null)

describe('It changes', () => {
  test.each<Partial<Pool>>([
    { status: 'OPEN' },
    { lastCloseReason: 'MANUAL' },
    { lastCloseReason: null },
    { lastCloseReason: 'BLOCKED' },
    { lastStartedAt: facts.startedAt + 1 },
    { lastStartedAt: null },
    { lastStoppedAt: facts.closedAt + 1 },
    { lastStoppedAt: null },
    { training: true },
    { assignmentMaxDurationSeconds: 601 },
    { assignmentMaxDurationSeconds: null },
    { autoAcceptPeriodDays: 15 },
    { autoAcceptPeriodDays: null },
    { decidesAutomatically: true },
    { privateComment: '[keep]' },
    { metadata: { archiver: ['keep'] } },
  ])('with the pool: %j', (change) => {
    expect(fingerprint(finishedPool(change), defaultPolicy(), null)).not.toBe(usual)
  })

  test.each<Partial<PoolPolicy>>([
    { graceMsByCloseReason: {} },
    { graceMsByCloseReason: { COMPLETED: dayMs } },
    { safetyMarginMs: 0 },
    { excludedProjects: ['5'] },
    { projects: [] },
  ])('with the policy: %j', (change) => {
    expect(fingerprint(finishedPool(), defaultPolicy(change), null)).not.toBe(usual)
  })

  test('with another close reason of the same grace', () => {
    const closed = ['MANUAL', 'EXPIRED'].map((lastCloseReason) =>
      fingerprint(finishedPool({ lastCloseReason }), defaultPolicy(), null),
    )
    expect(new Set(closed).size).toBe(2)
  })

  test('with the marker that the policy asks for', () => {
    const pool = finishedPool({ privateComment: '#gold' })
    const policy = defaultPolicy({ keepMarker: '#gold' })
    expect(fingerprint(pool, policy, null)).not.toBe(fingerprint(pool, defaultPolicy(), null))
  })

  test('with the switches, if they made the decision', () => {
    const all = [
      null,
      { observing: false, paused: false },
      { observing: true, paused: false },
      { observing: false, paused: true },
      { observing: true, paused: true },
    ].map((switches) => fingerprint(finishedPool(), defaultPolicy(), switches))
    expect(new Set(all).size).toBe(5)
  })
})

describe('It stays', () => {
  test.each<Partial<Pool>>([
    { privateName: 'Cats, April' },
    { privateName: null },
    { privateComment: 'nearly done' },
    { metadata: { team: ['red'] } },
    { projectId: '6' },
  ])('when the rule does not read the difference: %j', (change) => {
    expect(fingerprint(finishedPool(change), defaultPolicy(), null)).toBe(usual)
  })

  test.each<Partial<PoolPolicy>>([
    { graceMsByCloseReason: { COMPLETED: 0, MANUAL: dayMs } },
    { projects: ['5'] },
    { excludedProjects: ['6'] },
    { keepMarker: '#gold' },
    { hold: holdUntil('for-ever') },
  ])('when the policy says the same of this pool: %j', (change) => {
    expect(fingerprint(finishedPool(), defaultPolicy(change), null)).toBe(usual)
  })
})
