import { describe, expect, test } from '@jest/globals'
import { dayMs, minuteMs, secondMs } from '../../functions/domain/instant.ts'
import type { Assignment } from '../../functions/domain/pool.ts'
import {
  activeAssignment,
  defaultPolicy,
  facts,
  finishedPool,
  judge,
  marginMs,
  rejectedAssignment,
  rejectionFound,
} from '../support/pools.ts'

const { now } = facts
const policy = defaultPolicy()
const daily = { firstMs: dayMs, maxMs: dayMs }
const eligible = { action: 'archive', reason: 'eligible' }
const notYet = {
  action: 'wait',
  reason: 'unexpected-answer',
  until: now + dayMs,
  backoff: daily,
  warning: true,
}

const windowMs = 9 * dayMs + marginMs

function review(at: number, warning: boolean) {
  return { action: 'wait', reason: 'review-pending', until: at + dayMs, backoff: daily, warning }
}

function find(found: Assignment | null, at = now) {
  return judge({
    assignments: { pendingWork: null, ...rejectionFound(found, policy, at) },
    now: at,
  })
}

function waitForAppeals(until: number) {
  return { action: 'wait', reason: 'appeal-window', until, backoff: null, warning: false }
}

describe('Somebody still works on an assignment', () => {
  const assignments = { pendingWork: activeAssignment() }
  const hour = finishedPool({ assignmentMaxDurationSeconds: 3600 })
  const lastEndsAt = facts.closedAt + 3600 * secondMs

  test('of an hour, which may last until an hour after the close', () => {
    const wait = {
      action: 'wait',
      reason: 'assignments-active',
      until: lastEndsAt,
      backoff: null,
      warning: false,
    }
    for (const at of [facts.closedAt, lastEndsAt - 15 * minuteMs - 1]) {
      expect(judge({ pool: hour, assignments, now: at })).toEqual(wait)
    }
  })

  test.each([-15 * minuteMs, -15 * minuteMs + 1, 0, 1, 40 * dayMs])(
    'that is to end within 15 minutes, or should have ended (%d ms)',
    (lateMs) => {
      expect(judge({ pool: hour, assignments, now: lastEndsAt + lateMs })).toEqual({
        action: 'wait',
        reason: 'assignments-active',
        until: lastEndsAt + lateMs + 15 * minuteMs,
        backoff: { firstMs: 15 * minuteMs, maxMs: dayMs },
        warning: false,
      })
    },
  )

  test.each([1e300, 1e20])('of %d seconds, which ends at some date all the same', (seconds) => {
    const pool = finishedPool({ assignmentMaxDurationSeconds: seconds })
    expect(judge({ pool, assignments })).toMatchObject({ until: facts.closedAt + 3_650 * dayMs })
  })

  test('for as long as nobody says', () => {
    const pool = finishedPool({ assignmentMaxDurationSeconds: null })
    expect(judge({ pool, assignments })).toMatchObject({
      reason: 'assignments-active',
      until: now + 15 * minuteMs,
    })
  })
})

describe('An answer that nobody has reviewed', () => {
  const assignments = { pendingWork: activeAssignment({ status: 'SUBMITTED' }) }

  test('is waited for day by day, with a warning once Toloka should have accepted it', () => {
    const acceptedBy = facts.closedAt + 600 * secondMs + 14 * dayMs + dayMs
    for (const [at, warning] of [
      [now, false],
      [acceptedBy - 1, false],
      [acceptedBy, false],
      [acceptedBy + 1, true],
    ] as const) {
      expect(judge({ assignments, now: at })).toEqual(review(at, warning))
    }
  })

  test('is warned of a day after the close if the pool names no terms', () => {
    const pool = finishedPool({ assignmentMaxDurationSeconds: null, autoAcceptPeriodDays: null })
    const acceptedBy = facts.closedAt + dayMs
    expect(judge({ pool, assignments, now: acceptedBy })).toEqual(review(acceptedBy, false))
    expect(judge({ pool, assignments, now: acceptedBy + 1 })).toEqual(review(acceptedBy + 1, true))
  })
})

describe('A rejection', () => {
  test('keeps the pool for nine days and the margin, to the last millisecond', () => {
    expect(find(rejectedAssignment())).toEqual(waitForAppeals(facts.rejectedAt + windowMs + 1))
    expect(find(rejectedAssignment(), facts.appealWindowEndsAt - minuteMs - 1)).toEqual(
      waitForAppeals(facts.appealWindowEndsAt + 1),
    )
    expect(find(null, facts.appealWindowEndsAt + 1)).toEqual(eligible)
  })

  test('that Toloka still names as its window ends is asked for again a minute later', () => {
    for (const aheadMs of [minuteMs - 1, 1, 0]) {
      const at = facts.appealWindowEndsAt - aheadMs
      expect(find(rejectedAssignment(), at)).toEqual(waitForAppeals(at + minuteMs))
    }
  })

  test('counts as well if the answer was accepted on appeal', () => {
    const accepted = rejectedAssignment({ status: 'ACCEPTED' })
    expect(find(accepted)).toEqual(waitForAppeals(facts.appealWindowEndsAt + 1))
  })

  test('counts from its own time, however long ago the pool closed, or if it lies ahead', () => {
    const late = rejectedAssignment({ rejectedAt: now + 30 * dayMs })
    expect(find(late, now + 31 * dayMs)).toEqual(waitForAppeals(now + 30 * dayMs + windowMs + 1))
    expect(find(late)).toEqual(waitForAppeals(now + 30 * dayMs + windowMs + 1))
  })

  test('is asked for again if the last question did not reach back far enough', () => {
    const asked = rejectionFound(null, policy, now + 1)
    expect(judge({ assignments: { pendingWork: null, ...asked } })).toEqual({
      action: 'read',
      fact: 'rejections',
    })
  })

  test('keeps the pool nine days even if a margin were negative', () => {
    const negative = defaultPolicy({ safetyMarginMs: -dayMs })
    const found = rejectionFound(rejectedAssignment(), policy, now)
    expect(judge({ assignments: { pendingWork: null, ...found }, policy: negative })).toMatchObject(
      { until: facts.rejectedAt + 9 * dayMs + 1 },
    )
  })

  test('is not an answer if it does not fit the question', () => {
    const since = now - windowMs
    for (const change of [
      { poolId: '18' },
      { rejectedAt: null },
      { rejectedAt: since - 1 },
      { rejectedAt: since - 1, poolId: '18' },
    ]) {
      expect(find(rejectedAssignment(change))).toEqual(notYet)
    }
    expect(find(rejectedAssignment({ rejectedAt: since }))).toEqual(waitForAppeals(now + minuteMs))
    expect(find(rejectedAssignment({ rejectedAt: since + 1 }))).toEqual(
      waitForAppeals(now + minuteMs),
    )
  })
})

describe('Pending work that does not fit the question', () => {
  test.each([
    { poolId: '18' },
    { poolId: '18', status: 'SUBMITTED' },
    { status: 'ACCEPTED' },
    { status: 'REJECTED', rejectedAt: facts.rejectedAt },
    { status: 'active' },
    { status: '' },
  ])('%j means not yet, and a warning', (change) => {
    const assignments = { pendingWork: activeAssignment(change) }
    expect(judge({ assignments })).toEqual(notYet)
  })
})
