import { expect, test } from '@jest/globals'
import { parseRecord } from '../../functions/application/stored-record.ts'
import { recordAfter, planned } from '../support/records.ts'

test('A record of the first schema, which knew no "archive now", is read as today', () => {
  const today = recordAfter(planned)
  const { override: _, ...rest } = today
  const stored = JSON.stringify({ ...rest, schema: 1 })
  expect(stored).not.toContain('override')
  expect(parseRecord(today.poolId, stored)).toEqual({ ...today, override: null })
})

test('A record of today comes back as it was written', () => {
  const override = {
    by: 'ada',
    since: 1,
    despite: 'never-started',
    lastStartedAt: null,
    lastStoppedAt: null,
  } as const
  const record = { ...recordAfter(planned), override }
  expect(parseRecord(record.poolId, JSON.stringify(record))).toEqual(record)
})

test('A record of today without a word about "archive now" is not guessed at', () => {
  const { override: _, ...rest } = recordAfter(planned)
  expect(() => parseRecord(rest.poolId, JSON.stringify(rest))).toThrow(/override/)
})
