import { expect, test } from '@jest/globals'
import { rule } from '../../functions/domain/eligibility.ts'
import { reasons } from '../../functions/domain/reasons.ts'

const entries = Object.entries(reasons)

test.each(entries)('%s is a plain sentence for a person: %s', (code, text) => {
  expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/)
  expect(text).toMatch(/^[A-Z].*[.?]$/)
})

test('No two reasons read the same', () => {
  expect(new Set(entries.map(([, text]) => text)).size).toBe(entries.length)
})

test('The reasons of the rule come first and in its order', () => {
  const ofRule = [...new Set(rule.map(({ reason }) => reason))]
  const listed = Object.keys(reasons)
  // The one reason that the rule shares with other answers of Toloka is listed among those.
  const own = ofRule.filter((reason) => reason !== 'unexpected-answer')
  expect(listed.slice(0, own.length)).toEqual(own)
})

test.each([
  'observe-mode',
  'paused',
  'daily-limit',
  'quota',
  'access-denied',
  'refused',
  'toloka-unreachable',
])('A record can wait for a reason of our own: %s', (code) => {
  expect(Object.keys(reasons)).toContain(code)
})
