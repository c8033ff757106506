import { describe, expect, test } from '@jest/globals'
import {
  attentionLookMs,
  confirmation,
  decisionByVerdict,
  parkedLookMs,
  seenPool,
  type Look,
} from '../../functions/domain/decision.ts'
import { fingerprint } from '../../functions/domain/fingerprint.ts'
import { dayMs, hourMs, minuteMs } from '../../functions/domain/instant.ts'
import type { Verdict } from '../../functions/domain/verdict.ts'
import {
  defaultPolicy,
  eligibleCase,
  facts,
  finishedPool,
  marginMs,
  rejectedAssignment,
  rejectionFound,
} from '../support/pools.ts'
import { archiveOperation, planned, recordAfter } from '../support/records.ts'

const { now } = facts
const policy = defaultPolicy()

function lookThatSays(verdict: Verdict, theirNow = now): Look {
  const { pool, assignments } = eligibleCase()
  return { pool, assignments, verdict, policy, now: theirNow }
}

function waitUntil(until: number): Extract<Verdict, { action: 'wait' }> {
  return { action: 'wait', reason: 'grace-period', until, backoff: null, warning: false }
}

test('Parked records are seen weekly, troubled ones daily', () => {
  expect({ parkedLookMs, attentionLookMs }).toEqual({
    parkedLookMs: 7 * dayMs,
    attentionLookMs: dayMs,
  })
})

describe('A verdict becomes a decision:', () => {
  const record = recordAfter(planned)

  test('an open pool is watched, with a look once a week', () => {
    const look = lookThatSays({ action: 'watch', reason: 'pool-open' })
    expect(decisionByVerdict(record, look, policy, now)).toMatchObject({
      transition: 'watch',
      reason: 'pool-open',
      dueAt: now + 7 * dayMs,
      fingerprint: fingerprint(finishedPool(), policy, null),
    })
  })

  test('a pool that is kept is held, with a look once a week or at the end of the hold', () => {
    for (const [until, dueAt] of [
      [null, now + 7 * dayMs],
      [now + dayMs, now + dayMs],
      [now + 8 * dayMs, now + 7 * dayMs],
    ] as const) {
      const look = lookThatSays({ action: 'hold', reason: 'held-by-operator', until })
      expect(decisionByVerdict(record, look, policy, now)).toMatchObject({
        transition: 'hold',
        dueAt,
        fingerprint: fingerprint(finishedPool(), policy, null),
      })
    }
  })

  test('a hold that ends by Toloka’s clock does not make us look over and over again', () => {
    const verdict: Verdict = { action: 'hold', reason: 'held-by-operator', until: now - minuteMs }
    expect(decisionByVerdict(record, lookThatSays(verdict, now - hourMs), policy, now)?.dueAt).toBe(
      now + hourMs - minuteMs,
    )
  })

  test('a wait ends at a whole minute, later if our clock is ahead of Toloka’s', () => {
    const until = now + dayMs + 1
    const dueAt = (look: Look) => decisionByVerdict(record, look, policy, now)?.dueAt
    expect(dueAt(lookThatSays(waitUntil(until)))).toBe(now + dayMs + minuteMs)
    expect(dueAt(lookThatSays(waitUntil(until), now - hourMs))).toBe(
      now + dayMs + hourMs + minuteMs,
    )
  })

  test('a wait is a week longer than the policy explains at most, whatever date Toloka tells', () => {
    const dueAt = now + 9 * dayMs + marginMs + 7 * dayMs
    const inAThousandYears = lookThatSays(waitUntil(Date.UTC(3026)))
    const byAClockThatStoppedIn1970 = lookThatSays(waitUntil(now), 0)
    expect(decisionByVerdict(record, inAThousandYears, policy, now)).toMatchObject({ dueAt })
    expect(decisionByVerdict(record, byAClockThatStoppedIn1970, policy, now)).toMatchObject({
      dueAt,
    })
    const patient = defaultPolicy({ graceMsByCloseReason: { MANUAL: 400 * dayMs } })
    expect(decisionByVerdict(record, inAThousandYears, patient, now)).toMatchObject({
      dueAt: now + 407 * dayMs,
    })
  })

  test('a wait to a time that is known is no reason to warn, unless the rule warns', () => {
    const decide = (warning: boolean) =>
      decisionByVerdict(record, lookThatSays({ ...waitUntil(now + 1), warning }), policy, now)
    expect(decide(false)).toMatchObject({ looks: 0, warning: false })
    expect(decide(true)).toMatchObject({ looks: 0, warning: true })
  })

  test('a wait that lengthens counts its looks and warns at its longest or when told', () => {
    const backoff = { firstMs: hourMs, maxMs: 2 * hourMs }
    const verdict = (warning: boolean): Verdict => ({
      action: 'wait',
      reason: 'pool-locked',
      until: now + hourMs,
      backoff,
      warning,
    })
    const before = recordAfter({ ...planned, reason: 'pool-locked', looks: 1 })
    const decide = (from: typeof record, warning: boolean) =>
      decisionByVerdict(from, lookThatSays(verdict(warning)), policy, now)
    expect(decide(record, false)).toMatchObject({ dueAt: now + hourMs, looks: 1, warning: false })
    expect(decide(record, true)).toMatchObject({ warning: true })
    expect(decide(before, false)).toMatchObject({
      dueAt: now + 2 * hourMs,
      looks: 2,
      warning: true,
    })
  })

  test('an archived pool has reached its end, whoever did it', () => {
    const look = lookThatSays({ action: 'finish', reason: 'already-archived' })
    expect(decisionByVerdict(record, look, policy, now)).toMatchObject({
      transition: 'confirm',
      dueAt: null,
      detail: 'Archived by somebody else.',
    })
    const ours = recordAfter({ ...planned, operations: [archiveOperation()] })
    expect(confirmation(ours, {}).detail).toBe('Archived by operation operation-1.')
    const failed = [archiveOperation({ status: 'FAIL' })]
    expect(confirmation(record, { operations: failed }).detail).toBe('Archived by somebody else.')
  })

  test('an archived pool that was not read in full is what it was, and archived', () => {
    const pool = seenPool(lookThatSays(waitUntil(now)), now)
    expect(confirmation(recordAfter({ ...planned, pool }), {}).pool).toEqual({
      ...pool,
      status: 'ARCHIVED',
    })
    expect(confirmation(record, {}).pool).toBeNull()
  })

  test('an eligible pool is for others to decide', () => {
    const look = lookThatSays({ action: 'archive', reason: 'eligible' })
    expect(decisionByVerdict(record, look, policy, now)).toBeNull()
  })

  test('what was seen is kept, with the newest rejection', () => {
    const assignments = { pendingWork: null, ...rejectionFound(rejectedAssignment(), policy, now) }
    const look = { ...lookThatSays(waitUntil(now + dayMs)), assignments }
    expect(decisionByVerdict(record, look, policy, now)?.pool).toEqual(seenPool(look, now))
    expect(seenPool(look, now)).toEqual({
      projectId: '5',
      privateName: 'Cats, March',
      status: 'CLOSED',
      lastCloseReason: 'COMPLETED',
      lastStoppedAt: facts.closedAt,
      newestRejectionAt: facts.rejectedAt,
      readAt: now,
    })
  })

  test.each([
    ['refused', null],
    ['pool-busy', null],
    ['operation-failed', 'kept'],
    ['archive-not-confirmed', 'kept'],
  ] as const)('a cooldown after %s is then %s', (reason, kept) => {
    const cooldown = { until: now + dayMs, reason }
    const cooling = recordAfter({ ...planned, cooldown, refusedSince: now })
    const decision = decisionByVerdict(cooling, lookThatSays(waitUntil(now + dayMs)), policy, now)
    expect(decision).toMatchObject({ cooldown: kept && cooldown, refusedSince: null })
  })
})
