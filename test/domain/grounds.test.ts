import { expect, test } from '@jest/globals'
import { describeGrounds } from '../../functions/domain/grounds.ts'
import { longestTextBytes } from '../../functions/domain/shorten.ts'
import type { Assignments, Pool } from '../../functions/domain/pool.ts'
import { appealWindowStart } from '../../functions/domain/waits.ts'
import { defaultPolicy, facts, finishedPool } from '../support/pools.ts'

const policy = defaultPolicy()

const since = appealWindowStart(policy, facts.now)

function groundsOf(change: Partial<Pool>, rejections?: Assignments['rejections']): string {
  const assignments = { pendingWork: null, ...(rejections ? { rejections } : {}) }
  const verdict = { action: 'archive', reason: 'eligible' } as const
  const pool = finishedPool(change)
  return describeGrounds({ pool, assignments, verdict, policy, now: facts.now })
}

test.each<[string, Partial<Pool>, string]>([
  [
    'a pool that did all its tasks',
    {},
    'Closed for COMPLETED 2026-03-25T10:00:00.000Z, grace 0 h; nothing in work or in review; ' +
      'nothing rejected since 2026-03-16T10:00:00.000Z.',
  ],
  [
    'a reason that has a grace',
    { lastCloseReason: 'MANUAL' },
    'Closed for MANUAL 2026-03-25T10:00:00.000Z, grace 168 h; nothing in work or in review; ' +
      'nothing rejected since 2026-03-16T10:00:00.000Z.',
  ],
  [
    'a draft',
    { lastCloseReason: null, lastStoppedAt: null },
    'Closed for no known reason at an unknown time, no grace in the policy; nothing in work or in review; ' +
      'nothing rejected since 2026-03-16T10:00:00.000Z.',
  ],
])('The grounds for archiving %s', (_name, change, text) => {
  expect(groundsOf(change, { since, found: null })).toBe(text)
})

test('The grounds for archiving a pool that was started again say no time of an earlier close', () => {
  expect(groundsOf({ lastStartedAt: facts.now })).toMatch(
    /^Closed for COMPLETED at an unknown time/,
  )
})

test('Grounds name no time from which on rejections were not asked for', () => {
  expect(groundsOf({})).toMatch(/; nothing rejected\.$/)
})

test('Grounds fit into a history', () => {
  const grounds = groundsOf(
    { lastCloseReason: 'ASSIGNMENTS_LIMIT_EXCEEDED' },
    { since, found: null },
  )
  expect(grounds.length).toBeLessThan(longestTextBytes)
})
