import { expect, test } from '@jest/globals'
import { dayMs } from '../../functions/domain/instant.ts'
import { graceMs, hasKeepMarker, inScope, isHeld } from '../../functions/domain/policy.ts'
import { defaultPolicy, facts, finishedPool, holdUntil } from '../support/pools.ts'

test.each([
  ['COMPLETED', 0],
  ['MANUAL', 7 * dayMs],
  ['BLOCKED', null],
  ['toString', null],
  ['__proto__', null],
  [null, null],
])('The grace after a close for %j is %j', (closeReason, expected) => {
  expect(graceMs(defaultPolicy(), closeReason)).toBe(expected)
})

test('Without an operator’s word nothing is held; with one it is, up to its end', () => {
  const until = facts.closedAt + dayMs
  expect(isHeld(null, facts.now)).toBe(false)
  expect(isHeld(holdUntil('for-ever'), facts.now + 4000 * dayMs)).toBe(true)
  expect(isHeld(holdUntil(until), until - 1)).toBe(true)
  expect(isHeld(holdUntil(until), until)).toBe(false)
})

test('An excluded project is out of scope even if it is named as in scope', () => {
  const policy = defaultPolicy({ projects: ['5', '6'], excludedProjects: ['6'] })
  expect(inScope(policy, finishedPool({ projectId: '5' }))).toBe(true)
  expect(inScope(policy, finishedPool({ projectId: '6' }))).toBe(false)
  expect(inScope(policy, finishedPool({ projectId: '7' }))).toBe(false)
  expect(inScope(policy, finishedPool({ projectId: '55' }))).toBe(false)
})

test('What metadata inherits is no keep marker', () => {
  const metadata: Record<string, string[]> = Object.create({ archiver: ['keep'] })
  expect(hasKeepMarker(defaultPolicy(), finishedPool({ metadata }))).toBe(false)
})
