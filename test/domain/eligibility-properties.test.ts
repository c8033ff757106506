import { describe, expect, test } from '@jest/globals'
import { assert, constantFrom, nat, option, pre, property, record } from 'fast-check'
import { eligibility } from '../../functions/domain/eligibility.ts'
import { appealWindowMs, appealWindowStart } from '../../functions/domain/waits.ts'
import { policyFor } from '../../functions/domain/override.ts'
import type { Verdict } from '../../functions/domain/verdict.ts'
import { graceMs, hasKeepMarker, inScope, isHeld } from '../../functions/domain/policy.ts'
import { someTruth, type Truth } from '../support/arbitrary-facts.ts'
import { askTheRule, isPending } from '../support/ask-the-rule.ts'

const runs = { numRuns: 1000 }

function isEligible(truth: Truth): boolean {
  return askTheRule(truth).action === 'archive'
}

/** Milliseconds since the newest rejection; Infinity if there was none. */
function ageOfRejectionMs({ history, now }: Truth): number {
  return Math.min(
    ...history.map(({ rejectedAt }) => (rejectedAt === null ? Infinity : now - rejectedAt)),
  )
}

/** All that the owner, the pool and the clock must agree to, in no order. */
function mayGo(truth: Truth): boolean {
  const { pool, history, policy, now } = truth
  const { lastStartedAt, lastStoppedAt, lastCloseReason } = pool
  const grace = graceMs(policy, lastCloseReason)
  const sinceCloseMs = now - (lastStoppedAt ?? Infinity)
  return (
    pool.status === 'CLOSED' &&
    lastStartedAt !== null &&
    lastStoppedAt !== null &&
    lastStartedAt <= lastStoppedAt &&
    lastCloseReason !== 'FOR_UPDATE' &&
    !pool.training &&
    !isHeld(policy.hold, now) &&
    !hasKeepMarker(policy, pool) &&
    inScope(policy, pool) &&
    grace !== null &&
    sinceCloseMs >= (grace === 0 ? -1000 : grace) &&
    // A close may be shown as up to a second earlier than it was.
    (!pool.decidesAutomatically ||
      sinceCloseMs >= appealWindowMs + policy.safetyMarginMs + 1_000) &&
    !history.some(isPending)
  )
}

describe('Whatever is true of a pool, and whichever fitting items Toloka shows,', () => {
  test('it is never archived within nine days of a rejection', () => {
    assert(
      property(someTruth, (truth) => {
        pre(isEligible(truth))
        expect(ageOfRejectionMs(truth)).toBeGreaterThanOrEqual(
          9 * 24 * 60 * 60 * 1000 + truth.policy.safetyMarginMs,
        )
      }),
      { numRuns: 300 },
    )
  })

  test('it is never archived while anything else stands in the way', () => {
    assert(
      property(someTruth, (truth) => {
        pre(isEligible(truth))
        expect(mayGo(truth)).toBe(true)
      }),
      { numRuns: 300 },
    )
  })

  test('it is archived when nothing stands in the way', () => {
    assert(
      property(someTruth, (truth) => {
        pre(mayGo(truth))
        pre(ageOfRejectionMs(truth) > appealWindowMs + truth.policy.safetyMarginMs)
        expect(askTheRule(truth)).toEqual({ action: 'archive', reason: 'eligible' })
      }),
      { numRuns: 300 },
    )
  })

  test('the end of a wait or a hold lies ahead, and comes, even that of a draft', () => {
    assert(
      property(someTruth, (truth) => {
        const ends = [truth, asWantedDraft(truth)].map(askTheRule).flatMap(endOf)
        pre(ends.length > 0)
        for (const end of ends) {
          expect(end).toBeGreaterThan(truth.now)
          expect(end).toBeLessThan(Infinity)
        }
      }),
      runs,
    )
  })
})

/** As if the pool had never been started, and somebody wanted it archived all the same. */
function asWantedDraft(truth: Truth): Truth {
  const { policy, now } = truth
  const neverRan = { lastStartedAt: null, lastStoppedAt: null }
  const pool = { ...truth.pool, ...neverRan }
  const override = { by: 'ada', since: now, despite: 'never-started', ...neverRan } as const
  return { ...truth, pool, policy: policyFor(policy, { hold: policy.hold, override }, pool) }
}

function endOf(verdict: Verdict): readonly number[] {
  const until = 'until' in verdict ? verdict.until : null
  return until === null ? [] : [until]
}

const someItem = option(
  record({
    id: constantFrom('0', '1'),
    poolId: constantFrom('17', '18', ''),
    status: constantFrom('ACTIVE', 'SUBMITTED', 'ACCEPTED', 'REJECTED', 'NEW'),
    rejectedAt: option(nat(Date.parse('2040-01-01T00:00:00Z'))),
  }),
)

test('Any item in an answer, even one that makes no sense, means not yet', () => {
  assert(
    property(someTruth, someItem, someItem, ({ pool, policy, now }, pendingWork, found) => {
      pre(pendingWork !== null || found !== null)
      const rejections = { since: appealWindowStart(policy, now), found }
      const said = eligibility(pool, { pendingWork, rejections }, policy, now)
      expect(said.action).not.toBe('archive')
      expect(said.action).not.toBe('read')
    }),
    runs,
  )
})

describe('Time and terms', () => {
  test('Once eligible, a pool stays so while its facts do', () => {
    assert(
      property(someTruth, nat(400 * 24 * 60 * 60 * 1000), (truth, laterMs) => {
        pre(isEligible(truth))
        expect(isEligible({ ...truth, now: truth.now + laterMs })).toBe(true)
      }),
      { numRuns: 300 },
    )
  })

  test('A larger margin never makes a pool go earlier', () => {
    assert(
      property(someTruth, nat(), (truth, moreMs) => {
        const safetyMarginMs = truth.policy.safetyMarginMs + moreMs
        pre(isEligible({ ...truth, policy: { ...truth.policy, safetyMarginMs } }))
        expect(isEligible(truth)).toBe(true)
      }),
      { numRuns: 300 },
    )
  })

  test('A larger grace never makes a pool go earlier', () => {
    assert(
      property(someTruth, nat(), (truth, moreMs) => {
        const graceMsByCloseReason = Object.fromEntries(
          Object.entries(truth.policy.graceMsByCloseReason).map(([key, ms]) => [key, ms + moreMs]),
        )
        pre(isEligible({ ...truth, policy: { ...truth.policy, graceMsByCloseReason } }))
        expect(isEligible(truth)).toBe(true)
      }),
      { numRuns: 300 },
    )
  })

  test('A hold or a keep marker never makes a pool go', () => {
    assert(
      property(someTruth, (truth) => {
        const { keepMarker } = truth.policy
        const pool = { ...truth.pool, privateComment: keepMarker }
        expect(isEligible({ ...truth, pool })).toBe(false)
        const hold = { by: 'ada', reason: '', since: truth.now, until: truth.now + 1 }
        expect(isEligible({ ...truth, policy: { ...truth.policy, hold } })).toBe(false)
      }),
      runs,
    )
  })
})

function freezeDeeply(value: unknown): void {
  if (typeof value !== 'object' || value === null) return
  Object.freeze(value)
  for (const part of Object.values(value)) freezeDeeply(part)
}

test('The same facts give the same verdict, and are not touched', () => {
  assert(
    property(someTruth, (truth) => {
      const copy = structuredClone(truth)
      freezeDeeply(truth)
      expect(askTheRule(truth)).toEqual(askTheRule(copy))
      expect(askTheRule(truth)).toEqual(askTheRule(truth))
    }),
    runs,
  )
})
