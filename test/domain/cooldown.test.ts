import { describe, expect, test } from '@jest/globals'
import {
  acceptance,
  cooldownAfterFailure,
  decisionInCooldown,
  withOperation,
} from '../../functions/domain/decision.ts'
import { dayMs, hourMs, minuteMs, secondMs } from '../../functions/domain/instant.ts'
import { defaultPolicy, facts, marginMs } from '../support/pools.ts'
import { archiveOperation, planned, recordAfter } from '../support/records.ts'

const { now } = facts
const policy = defaultPolicy()

describe('While a request cools down', () => {
  const until = now + dayMs

  test('a failed operation is tried again after 1, 6 and 24 hours, then a person is called', () => {
    const waits = [1, 2, 3, 4].map((nth) => cooldownAfterFailure(nth, now).until - now)
    expect(waits).toEqual([hourMs, 6 * hourMs, dayMs, dayMs])
    const cooldown = { until, reason: 'operation-failed' } as const
    const after = (failures: number) =>
      decisionInCooldown(recordAfter({ ...planned, failures }), cooldown, policy, now)
    expect(after(3)).toMatchObject({ transition: 'plan', dueAt: until })
    expect(after(4)).toMatchObject({ transition: 'call-operator', dueAt: now + dayMs })
  })

  test('a refusal without a reason is waited out for ten days and the margin', () => {
    const cooldown = { until, reason: 'refused' } as const
    const after = (sinceMs: number) =>
      decisionInCooldown(
        recordAfter({ ...planned, refusedSince: now - sinceMs }),
        cooldown,
        policy,
        now,
      ).transition
    expect(after(10 * dayMs + marginMs)).toBe('plan')
    expect(after(10 * dayMs + marginMs + 1)).toBe('call-operator')
  })

  test('what went wrong stays to be read, but not what was said for another reason', () => {
    const cooldown = { until, reason: 'refused' } as const
    const after = (reason: 'refused' | 'quota') =>
      decisionInCooldown(
        recordAfter({ ...planned, reason, detail: 'Not now.' }),
        cooldown,
        policy,
        now,
      ).detail
    expect(after('refused')).toBe('Not now.')
    expect(after('quota')).toBeNull()
  })

  test('a success that is not confirmed is looked at more often, up to the end', () => {
    const cooldown = { until: now + 90 * secondMs, reason: 'archive-not-confirmed' } as const
    const first = decisionInCooldown(recordAfter(planned), cooldown, policy, now)
    expect(first).toMatchObject({ dueAt: now + minuteMs, looks: 1 })
    const before = recordAfter({ ...planned, reason: 'archive-not-confirmed', looks: 3 })
    expect(decisionInCooldown(before, cooldown, policy, now)).toMatchObject({
      dueAt: cooldown.until,
      looks: 4,
    })
  })
})

describe('An operation', () => {
  test('that is new is added; of a known one the news is taken', () => {
    const known = archiveOperation({ knownAt: now - hourMs, looks: 2 })
    const other = archiveOperation({ id: 'operation-2' })
    expect(withOperation([known], other, now)).toEqual([known, other])
    const ended = archiveOperation({ status: 'SUCCESS' })
    expect(withOperation([known, other], ended, now)).toEqual([
      { ...ended, knownAt: now - hourMs, looks: 3 },
      other,
    ])
  })

  test('that was accepted is followed, and at once if it has ended', () => {
    const record = recordAfter(planned)
    expect(acceptance(record, archiveOperation(), now)).toMatchObject({
      transition: 'accept',
      dueAt: now + 10 * secondMs,
      following: 'operation-1',
      attempt: null,
      lookAgain: false,
    })
    expect(acceptance(record, archiveOperation({ status: 'FAIL' }), now).lookAgain).toBe(true)
  })
})
