import { describe, expect, test } from '@jest/globals'
import { dayMs, hourMs } from '../../functions/domain/instant.ts'
import { defaultPolicy, facts, finishedPool, judge, marginMs } from '../support/pools.ts'

const eligible = { action: 'archive', reason: 'eligible' }

function waitUntil(reason: string, until: number) {
  return { action: 'wait', reason, until, backoff: null, warning: false }
}

describe('A close reason that the policy does not name', () => {
  test.each([
    'NOT_ENOUGH_BALANCE',
    'ASSIGNMENTS_LIMIT_EXCEEDED',
    'BLOCKED',
    'A_REASON_OF_NEXT_YEAR',
    'completed',
    'constructor',
    '__proto__',
    '',
    null,
  ])('%j keeps the pool', (lastCloseReason) => {
    const pool = finishedPool({ lastCloseReason })
    expect(judge({ pool, now: facts.now + 400 * dayMs })).toEqual({
      action: 'hold',
      reason: 'close-reason-excluded',
      until: null,
    })
  })
})

describe('The grace of a close reason', () => {
  test.each(['MANUAL', 'EXPIRED'])('%s: a week after the close', (lastCloseReason) => {
    const pool = finishedPool({ lastCloseReason })
    const graceEndsAt = facts.closedAt + 7 * dayMs
    const wait = waitUntil('grace-period', graceEndsAt)
    expect(judge({ pool, now: facts.closedAt })).toEqual(wait)
    expect(judge({ pool, now: graceEndsAt - 1 })).toEqual(wait)
    expect(judge({ pool, now: graceEndsAt })).toEqual(eligible)
    expect(judge({ pool, now: graceEndsAt + 1 })).toEqual(eligible)
  })

  test('COMPLETED: none, so the pool may go in the moment of its close', () => {
    expect(judge({ now: facts.closedAt })).toEqual(eligible)
  })

  test('A close that lies ahead by more than a second is waited for', () => {
    const ahead = (ms: number) => judge({ now: facts.closedAt - ms })
    expect(ahead(1_001)).toEqual(waitUntil('grace-period', facts.closedAt))
    expect(ahead(1_000)).toMatchObject({ action: 'archive' })
    expect(ahead(1)).toMatchObject({ action: 'archive' })
  })
})

describe('A pool that accepts and rejects by itself, such as an exam,', () => {
  const pool = finishedPool({ decidesAutomatically: true })

  test('waits nine days and the margin from its close, which is shown to the second at worst', () => {
    const wait = waitUntil('exam-window', facts.closedAt + 9 * dayMs + marginMs + 1_000)
    expect(judge({ pool })).toEqual(wait)
    expect(judge({ pool, now: facts.examWindowEndsAt - 1 })).toEqual(wait)
    expect(judge({ pool, now: facts.examWindowEndsAt })).toEqual(eligible)
    expect(judge({ pool, now: facts.examWindowEndsAt + 1 })).toEqual(eligible)
  })

  test.each([0, 5 * hourMs])('waits as much longer as the margin says: %d ms', (safetyMarginMs) => {
    expect(judge({ pool, policy: defaultPolicy({ safetyMarginMs }) })).toEqual(
      waitUntil('exam-window', facts.closedAt + 9 * dayMs + safetyMarginMs + 1_000),
    )
  })
})
