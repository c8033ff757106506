import { describe, expect, test } from '@jest/globals'
import { eligibility, rule } from '../../functions/domain/eligibility.ts'
import { dayMs } from '../../functions/domain/instant.ts'
import type { Pool } from '../../functions/domain/pool.ts'
import type { ReasonCode } from '../../functions/domain/reasons.ts'
import {
  activeAssignment,
  defaultPolicy,
  eligibleCase,
  facts,
  finishedPool,
  holdUntil,
  judge,
  rejectedAssignment,
  rejectionFound,
  type Case,
} from '../support/pools.ts'

interface Line {
  readonly reason: ReasonCode
  readonly action: string
  /** What must have been read before the line can speak. */
  readonly needs: 'pool' | 'pending-work' | 'rejections'
  /** The fact that makes it apply: two lines about the same fact never apply together. */
  readonly fact: string
  readonly apply: (before: Case) => Case
}

const pool = (change: Partial<Pool>) => (before: Case) => ({
  ...before,
  pool: { ...before.pool, ...change },
})
const policy = (change: Partial<Case['policy']>) => (before: Case) => ({
  ...before,
  policy: { ...before.policy, ...change },
})
const pending = (change: Parameters<typeof activeAssignment>[0]) => (before: Case) => ({
  ...before,
  assignments: { ...before.assignments, pendingWork: activeAssignment(change) },
})
const rejected = (change: Parameters<typeof rejectedAssignment>[0]) => (before: Case) => ({
  ...before,
  assignments: {
    ...before.assignments,
    ...rejectionFound(rejectedAssignment(change), before.policy, before.now),
  },
})

const ofPool = (
  reason: ReasonCode,
  action: string,
  fact: string,
  apply: (before: Case) => Case,
): Line => ({ reason, action, needs: 'pool', fact, apply })

/** The rule as it is written down, in its order, each line with a way to make it apply. */
const lines: readonly Line[] = [
  ofPool('already-archived', 'finish', 'status', pool({ status: 'ARCHIVED' })),
  ofPool('pool-open', 'watch', 'status', pool({ status: 'OPEN' })),
  ofPool('pool-locked', 'wait', 'status', pool({ status: 'LOCKED' })),
  ofPool('unknown-status', 'wait', 'status', pool({ status: 'PAUSED' })),
  ofPool('held-by-operator', 'hold', 'hold', policy({ hold: holdUntil('for-ever') })),
  ofPool('keep-marker', 'hold', 'comment', pool({ privateComment: '[keep]' })),
  ofPool('project-out-of-scope', 'hold', 'scope', policy({ excludedProjects: ['5'] })),
  ofPool('never-started', 'hold', 'start', pool({ lastStartedAt: null })),
  ofPool('training', 'hold', 'training', pool({ training: true })),
  ofPool('close-time-unknown', 'wait', 'stop', pool({ lastStoppedAt: null })),
  ofPool('closed-for-update', 'wait', 'close reason', pool({ lastCloseReason: 'FOR_UPDATE' })),
  ofPool('close-reason-excluded', 'hold', 'close reason', pool({ lastCloseReason: 'BLOCKED' })),
  ofPool('grace-period', 'wait', 'grace', policy({ graceMsByCloseReason: { COMPLETED: dayMs } })),
  ofPool('exam-window', 'wait', 'exam', pool({ decidesAutomatically: true })),
  {
    reason: 'assignments-active',
    action: 'wait',
    needs: 'pending-work',
    fact: 'pending work',
    apply: pending({}),
  },
  {
    reason: 'review-pending',
    action: 'wait',
    needs: 'pending-work',
    fact: 'pending work',
    apply: pending({ status: 'SUBMITTED' }),
  },
  {
    reason: 'unexpected-answer',
    action: 'wait',
    needs: 'pending-work',
    fact: 'pending work',
    apply: pending({ poolId: '18' }),
  },
  {
    reason: 'appeal-window',
    action: 'wait',
    needs: 'rejections',
    fact: 'rejections',
    apply: rejected({}),
  },
  {
    reason: 'unexpected-answer',
    action: 'wait',
    needs: 'rejections',
    fact: 'rejections',
    apply: rejected({ poolId: '18' }),
  },
  {
    reason: 'eligible',
    action: 'archive',
    needs: 'rejections',
    fact: 'none',
    apply: (before) => before,
  },
]

const pairs = lines.flatMap((earlier, index) =>
  lines
    .slice(index + 1)
    .filter((later) => later.fact !== earlier.fact)
    .map((later) => ({ earlier, later })),
)

test('The rule has the lines that it should have, in that order', () => {
  const heads = lines.map(({ reason, needs }) => ({ reason, needs }))
  expect(rule.map(({ reason, needs }) => ({ reason, needs }))).toEqual(heads)
})

test.each(lines)('$reason alone ($needs) says $action', ({ reason, action, apply }) => {
  expect(judge(apply(eligibleCase()))).toMatchObject({ reason, action })
})

test.each(pairs)(
  '$earlier.reason wins over $later.reason ($later.needs)',
  ({ earlier: { reason, action, apply }, later }) => {
    expect(judge(apply(later.apply(eligibleCase())))).toMatchObject({ reason, action })
    expect(judge(later.apply(apply(eligibleCase())))).toMatchObject({ reason, action })
  },
)

test('All at once, and then one after the other taken away, speak in their order', () => {
  const oneForEachFact = lines.filter(
    ({ fact }, index) => lines.findIndex((line) => line.fact === fact) === index,
  )
  const spoken = oneForEachFact.map((_, index) => {
    const left = oneForEachFact.slice(index)
    return judge(left.reduce((before, line) => line.apply(before), eligibleCase()))
  })
  expect(spoken).toMatchObject(oneForEachFact.map(({ reason, action }) => ({ reason, action })))
})

describe('What is read, and when', () => {
  test.each(lines.filter(({ needs }) => needs === 'pool'))(
    '$reason asks nothing',
    ({ reason, action, apply }) => {
      const nothingRead = { ...apply(eligibleCase()), assignments: {} }
      expect(judge(nothingRead)).toMatchObject({ reason, action })
    },
  )

  test('Pending work is asked for first, rejections after it', () => {
    const askPendingWork = { action: 'read', fact: 'pending-work' }
    const nothingRejected = rejectionFound(null, defaultPolicy(), facts.now)
    expect(judge({ assignments: {} })).toEqual(askPendingWork)
    expect(judge({ assignments: nothingRejected })).toEqual(askPendingWork)
    expect(judge({ assignments: { pendingWork: null } })).toEqual({
      action: 'read',
      fact: 'rejections',
    })
  })

  test.each(lines.filter(({ needs }) => needs === 'pending-work'))(
    '$reason does not ask for rejections',
    ({ reason, action, apply }) => {
      const { pendingWork } = apply(eligibleCase()).assignments
      const assignments = pendingWork === undefined ? {} : { pendingWork }
      expect(judge({ assignments })).toMatchObject({ reason, action })
    },
  )

  test('A rule without its last line stops with an error, it does not archive', () => {
    // Only its type keeps the list from being changed.
    const taken = Array.prototype.splice.call(rule, -1, 1)
    try {
      const { assignments, now } = eligibleCase()
      expect(() => eligibility(finishedPool(), assignments, defaultPolicy(), now)).toThrow(
        'last line of the rule',
      )
    } finally {
      Array.prototype.push.apply(rule, taken)
    }
  })
})
