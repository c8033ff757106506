import { describe, expect, test } from '@jest/globals'
import { dayMs, hourMs, minuteMs } from '../../functions/domain/instant.ts'
import { defaultPolicy, facts, finishedPool, holdUntil, judge } from '../support/pools.ts'

const { now } = facts
const eligible = { action: 'archive', reason: 'eligible' }

test('A finished pool with nothing pending and nothing rejected is archived at once', () => {
  expect(judge()).toEqual(eligible)
})

describe('The status of the pool', () => {
  test('ARCHIVED: there is nothing left to do', () => {
    const pool = finishedPool({ status: 'ARCHIVED' })
    expect(judge({ pool })).toEqual({ action: 'finish', reason: 'already-archived' })
  })

  test('OPEN: any plan is forgotten, the next close is waited for', () => {
    const pool = finishedPool({ status: 'OPEN' })
    expect(judge({ pool })).toEqual({ action: 'watch', reason: 'pool-open' })
  })

  test.each([
    ['LOCKED', 'pool-locked'],
    ['PAUSED', 'unknown-status'],
    ['closed', 'unknown-status'],
    ['', 'unknown-status'],
  ])('%j: a wait of 15 minutes that doubles to a day (%s)', (status, reason) => {
    expect(judge({ pool: finishedPool({ status }) })).toEqual({
      action: 'wait',
      reason,
      until: now + 15 * minuteMs,
      backoff: { firstMs: 15 * minuteMs, maxMs: dayMs },
      warning: false,
    })
  })
})

describe('A hold of an operator', () => {
  test('for ever has no end', () => {
    const policy = defaultPolicy({ hold: holdUntil('for-ever') })
    expect(judge({ policy })).toEqual({ action: 'hold', reason: 'held-by-operator', until: null })
  })

  test('with an end is over at its end, and not a millisecond before', () => {
    const until = now + 3 * dayMs
    const policy = defaultPolicy({ hold: holdUntil(until) })
    const held = { action: 'hold', reason: 'held-by-operator', until }
    expect(judge({ policy, now: until - 1 })).toEqual(held)
    expect(judge({ policy, now: until })).toEqual(eligible)
    expect(judge({ policy, now: until + 1 })).toEqual(eligible)
  })
})

describe('A pool that its owner keeps', () => {
  const kept = { action: 'hold', reason: 'keep-marker', until: null }

  test.each(['[keep]', 'Please [keep] this one', 'ask Ada\n[keep]'])(
    'has the marker in its private comment: %j',
    (privateComment) => {
      expect(judge({ pool: finishedPool({ privateComment }) })).toEqual(kept)
    },
  )

  test.each([[['keep']], [['see wiki', 'keep']]])('says so in its metadata: %j', (archiver) => {
    expect(judge({ pool: finishedPool({ metadata: { archiver } }) })).toEqual(kept)
  })

  test('has the marker that the policy names', () => {
    const policy = defaultPolicy({ keepMarker: '#gold' })
    expect(judge({ policy, pool: finishedPool({ privateComment: '#gold set' }) })).toEqual(kept)
    expect(judge({ policy, pool: finishedPool({ privateComment: '[keep]' }) })).toEqual(eligible)
  })

  test.each([
    { privateComment: '' },
    { privateComment: 'keep' },
    { privateName: '[keep]' },
    { metadata: { archiver: [] } },
    { metadata: { archiver: ['keep it not'] } },
    { metadata: { keep: ['archiver'] } },
  ])('is not one that only looks like it: %j', (change) => {
    expect(judge({ pool: finishedPool(change) })).toEqual(eligible)
  })
})

describe('The project of the pool, 5,', () => {
  const outOfScope = { action: 'hold', reason: 'project-out-of-scope', until: null }

  test.each([
    [null, [], eligible],
    [null, ['6'], eligible],
    [['5'], [], eligible],
    [['4', '5'], ['6'], eligible],
    [null, ['5'], outOfScope],
    [['6'], [], outOfScope],
    [[], [], outOfScope],
    [['5'], ['5'], outOfScope],
  ])('with projects %j, excluded projects %j', (projects, excludedProjects, verdict) => {
    expect(judge({ policy: defaultPolicy({ projects, excludedProjects }) })).toEqual(verdict)
  })
})

test('A draft, born CLOSED and never started, is held', () => {
  const pool = finishedPool({ lastStartedAt: null, lastStoppedAt: null, lastCloseReason: null })
  expect(judge({ pool })).toEqual({ action: 'hold', reason: 'never-started', until: null })
})

test('A pool that was stopped but, for all we know, never started is held as well', () => {
  const pool = finishedPool({ lastStartedAt: null })
  expect(judge({ pool })).toEqual({ action: 'hold', reason: 'never-started', until: null })
})

test('A training is held', () => {
  const pool = finishedPool({ training: true })
  expect(judge({ pool })).toEqual({ action: 'hold', reason: 'training', until: null })
})

describe('The time of the close', () => {
  const unknown = {
    action: 'wait',
    reason: 'close-time-unknown',
    until: now + dayMs,
    backoff: { firstMs: dayMs, maxMs: dayMs },
    warning: true,
  }

  test('is missing: a day of waiting and a warning', () => {
    expect(judge({ pool: finishedPool({ lastStoppedAt: null }) })).toEqual(unknown)
  })

  test.each([NaN, Infinity, -Infinity])('is no time at all: %d', (lastStoppedAt) => {
    expect(judge({ pool: finishedPool({ lastStoppedAt }) })).toEqual(unknown)
  })

  test('must not be before the start, not even by a millisecond', () => {
    for (const [laterMs, verdict] of [
      [-1, unknown],
      [0, eligible],
      [1, eligible],
    ] as const) {
      const pool = finishedPool({ lastStoppedAt: facts.startedAt + laterMs })
      expect(judge({ pool })).toEqual(verdict)
    }
  })
})

describe('A pool that was closed for an update', () => {
  const pool = finishedPool({ lastCloseReason: 'FOR_UPDATE' })
  const reopenedBy = facts.closedAt + 30 * minuteMs
  const longerAndLonger = { firstMs: hourMs, maxMs: dayMs }

  test('gets half an hour from its close', () => {
    expect(judge({ pool, now: reopenedBy - 1 })).toEqual({
      action: 'wait',
      reason: 'closed-for-update',
      until: reopenedBy,
      backoff: null,
      warning: false,
    })
  })

  test.each([0, 1, 400 * dayMs])('and after it (+ %d ms) longer and longer waits', (lateMs) => {
    expect(judge({ pool, now: reopenedBy + lateMs })).toEqual({
      action: 'wait',
      reason: 'closed-for-update',
      until: reopenedBy + lateMs + hourMs,
      backoff: longerAndLonger,
      warning: false,
    })
  })

  test('waits even if the policy should name that reason', () => {
    const policy = defaultPolicy({ graceMsByCloseReason: { FOR_UPDATE: 0 } })
    expect(judge({ pool, policy, now: now + dayMs })).toMatchObject({ reason: 'closed-for-update' })
  })
})
