import { describe, expect, test } from '@jest/globals'
import { eligibility } from '../../functions/domain/eligibility.ts'
import { explainRule } from '../../functions/domain/explain-rule.ts'
import { dayMs, hourMs, minuteMs } from '../../functions/domain/instant.ts'
import { policyFor, type Override } from '../../functions/domain/override.ts'
import type { Assignments, Pool } from '../../functions/domain/pool.ts'
import { appealWindowMs } from '../../functions/domain/waits.ts'
import {
  activeAssignment,
  defaultPolicy,
  facts,
  finishedPool,
  holdUntil,
  rejectedAssignment,
  rejectionFound,
} from '../support/pools.ts'

const { hold: _hold, passedOver: _passedOver, ...policy } = defaultPolicy()

/** "Archive now", said of the pool as it is. */
function saidOf(pool: Pool, change: Partial<Override> = {}): Override {
  const { lastStartedAt, lastStoppedAt } = pool
  return { by: 'ada', since: facts.now, despite: null, lastStartedAt, lastStoppedAt, ...change }
}

/** What the rule says of a pool with nothing pending and nothing rejected, unless it is given. */
function verdict(pool: Pool, override: Override | null, given: Assignments = {}, now = facts.now) {
  const poolPolicy = policyFor(policy, { hold: null, override }, pool)
  const nothing = { pendingWork: null, ...rejectionFound(null, poolPolicy, now) }
  const { reason } = verdictOf(pool, { ...nothing, ...given }, poolPolicy, now)
  return reason
}

function verdictOf(...asked: Parameters<typeof eligibility>) {
  const answer = eligibility(...asked)
  if (answer.action === 'read') throw new Error(`The rule asks for ${answer.fact}.`)
  return answer
}

const justClosed = finishedPool({ lastCloseReason: 'MANUAL', lastStoppedAt: facts.now - hourMs })
const forMoney = finishedPool({ lastCloseReason: 'NOT_ENOUGH_BALANCE' })
const draft = finishedPool({ lastStartedAt: null, lastStoppedAt: null, lastCloseReason: null })
const examDraft = { ...draft, decidesAutomatically: true }

describe('"Archive now"', () => {
  test.each<readonly [string, Pool, Partial<Override>, without: string, withIt: string]>([
    ['skips the grace', justClosed, {}, 'grace-period', 'eligible'],
    [
      'skips no excluded close reason by itself',
      forMoney,
      {},
      'close-reason-excluded',
      'close-reason-excluded',
    ],
    [
      'skips it by name',
      forMoney,
      { despite: 'close-reason-excluded' },
      'close-reason-excluded',
      'eligible',
    ],
    [
      'does not make a draft of it',
      forMoney,
      { despite: 'never-started' },
      'close-reason-excluded',
      'close-reason-excluded',
    ],
    ['skips no draft by itself', draft, {}, 'never-started', 'never-started'],
    ['skips a draft by name', draft, { despite: 'never-started' }, 'never-started', 'eligible'],
    [
      'skips the draft of an exam',
      examDraft,
      { despite: 'never-started' },
      'never-started',
      'eligible',
    ],
    [
      'skips no draft by another name',
      draft,
      { despite: 'close-reason-excluded' },
      'never-started',
      'never-started',
    ],
  ])('%s', (_what, pool, change, without, withIt) => {
    expect(verdict(pool, null)).toBe(without)
    expect(verdict(pool, saidOf(pool, change))).toBe(withIt)
  })

  test.each<readonly [string, Partial<Pool>, Assignments]>([
    ['pool-open', { status: 'OPEN' }, {}],
    ['pool-locked', { status: 'LOCKED' }, {}],
    ['keep-marker', { privateComment: '[keep]' }, {}],
    ['training', { training: true }, {}],
    ['closed-for-update', { lastCloseReason: 'FOR_UPDATE' }, {}],
    ['assignments-active', {}, { pendingWork: activeAssignment() }],
    ['review-pending', {}, { pendingWork: activeAssignment({ status: 'SUBMITTED' }) }],
  ])('never skips %s', (reason, change, given) => {
    const pool = { ...justClosed, ...change }
    for (const despite of [null, 'close-reason-excluded', 'never-started'] as const) {
      expect(verdict(pool, saidOf(pool, { despite }), given)).toBe(reason)
    }
  })

  test.each([
    ['started', { lastStartedAt: facts.now - 2 * hourMs }],
    ['closed', { lastStoppedAt: facts.now - minuteMs }],
  ])('means nothing for a pool that was %s again since', (_what, change) => {
    const override = saidOf(justClosed)
    expect(verdict({ ...justClosed, ...change }, override)).toBe('grace-period')
  })

  test.each<readonly [string, Partial<Pool>, Assignments]>([
    ['closed-for-update', { lastCloseReason: 'FOR_UPDATE' }, {}],
    ['assignments-active', {}, { pendingWork: activeAssignment() }],
  ])(
    'lets a draft wait a day if it says %s, for nobody knows since when',
    (reason, change, given) => {
      const pool = { ...draft, ...change }
      const override = saidOf(pool, { despite: 'never-started' })
      const poolPolicy = policyFor(policy, { hold: null, override }, pool)
      const nothing = { pendingWork: null, ...rejectionFound(null, poolPolicy, facts.now) }
      expect(verdictOf(pool, { ...nothing, ...given }, poolPolicy, facts.now)).toMatchObject({
        action: 'wait',
        reason,
        until: facts.now + dayMs,
        warning: true,
      })
    },
  )

  test('means nothing for a draft that was started and closed since', () => {
    const override = saidOf(draft, { despite: 'never-started' })
    const exam = { ...justClosed, lastCloseReason: 'COMPLETED', decidesAutomatically: true }
    expect(verdict(exam, override)).toBe('exam-window')
  })
})

describe('The nine days of "archive now"', () => {
  const pool = finishedPool()
  const words = { hold: null, override: saidOf(pool) }
  const marginOf = (safetyMarginMs: number): number =>
    policyFor({ ...policy, safetyMarginMs }, words, pool).safetyMarginMs

  test('stay, with an hour at the most for the errors of clocks', () => {
    expect([0, 5, hourMs, 3 * hourMs].map(marginOf)).toEqual([0, 5, hourMs, hourMs])
    const poolPolicy = policyFor({ ...policy, safetyMarginMs: 3 * hourMs }, words, pool)
    const askedAt = facts.rejectedAt + hourMs
    const rejections = rejectionFound(rejectedAssignment(), poolPolicy, askedAt)
    const given = { pendingWork: null, ...rejections }
    expect(verdictOf(pool, given, poolPolicy, askedAt)).toMatchObject({
      action: 'wait',
      until: facts.rejectedAt + appealWindowMs + hourMs + 1,
    })
  })
})

test('A hold stays a hold, whatever else was said', () => {
  const words = {
    hold: holdUntil('for-ever'),
    override: saidOf(draft, { despite: 'never-started' }),
  }
  const poolPolicy = policyFor(policy, words, draft)
  expect(verdictOf(draft, {}, poolPolicy, facts.now).reason).toBe('held-by-operator')
})

test('An explanation says which lines were passed over', () => {
  const words = { hold: null, override: saidOf(draft, { despite: 'never-started' }) }
  const poolPolicy = policyFor(policy, words, draft)
  const nothing = { pendingWork: null, ...rejectionFound(null, poolPolicy, facts.now) }
  const rows = explainRule(draft, nothing, poolPolicy, facts.now)
  expect(
    rows
      .filter(({ outcome }) => outcome !== 'passed')
      .map(({ reason, outcome }) => `${outcome} ${reason}`),
  ).toEqual([
    'passed-over never-started',
    'passed-over close-time-unknown',
    'passed-over close-reason-excluded',
    'passed-over grace-period',
    'passed-over exam-window',
  ])
})
