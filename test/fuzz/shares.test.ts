import { expect, test } from '@jest/globals'
import { usualCases } from './fuzz-settings.ts'
import { casesOf, isTarget, shares } from './shares.ts'

const targets = Object.keys(shares).filter(isTarget)

test.each([usualCases, 1_000_000])('The targets have %d cases together', (cases) => {
  const together = targets.reduce((sum, target) => sum + casesOf(target, cases), 0)
  expect(together).toBeGreaterThanOrEqual(cases)
  expect(together).toBeLessThan(cases + targets.length)
})
