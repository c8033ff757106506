import { expect, test } from '@jest/globals'
import { assert, integer, property } from 'fast-check'
import {
  dayMs,
  hourMs,
  minuteMs,
  roundUpToMinute,
  secondMs,
  toIso,
} from '../../functions/domain/instant.ts'

test('Durations are milliseconds', () => {
  expect({ secondMs, minuteMs, hourMs, dayMs }).toEqual({
    secondMs: 1000,
    minuteMs: 60_000,
    hourMs: 3_600_000,
    dayMs: 86_400_000,
  })
})

const tenOClock = Date.parse('2026-03-25T10:00:00Z')

test.each([
  [-1, 0],
  [0, 0],
  [1, 60_000],
  [59_999, 60_000],
  [60_000, 60_000],
  [60_001, 120_000],
])('Ten o’clock + %d ms is rounded up to ten o’clock + %d ms', (afterMs, roundedMs) => {
  expect(roundUpToMinute(tenOClock + afterMs)).toBe(tenOClock + roundedMs)
})

test('A rounded instant is a whole minute, never before, and less than a minute after', () => {
  assert(
    property(integer({ min: 0, max: 4_102_444_800_000 }), (instant) => {
      const rounded = roundUpToMinute(instant)
      expect(rounded % minuteMs).toBe(0)
      expect(rounded).toBeGreaterThanOrEqual(instant)
      expect(rounded - instant).toBeLessThan(minuteMs)
    }),
  )
})

test('An instant is shown in UTC with milliseconds', () => {
  expect(toIso(tenOClock + 5)).toBe('2026-03-25T10:00:00.005Z')
})
