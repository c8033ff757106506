import { expect, test } from '@jest/globals'
import { markSecret } from '../../../functions/adapters/toloka/secret-mark.ts'

test('A mark tells secrets apart, stays the same, and shows none of them', () => {
  const secret = 'a-webhook-secret-of-these-tests-only'
  // Another mark would have every subscription put again once.
  expect(markSecret(secret)).toBe('3d0526905acd')
  expect(markSecret(`${secret}.`)).not.toBe(markSecret(secret))
  expect(markSecret(secret)).toMatch(/^[\da-f]{12}$/)
})
