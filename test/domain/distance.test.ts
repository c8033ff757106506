import { expect, test } from '@jest/globals'
import { describeDistance } from '../../functions/domain/distance.ts'
import { dayMs, hourMs, minuteMs } from '../../functions/domain/instant.ts'

test.each([
  [0, 'now'],
  [minuteMs - 1, 'now'],
  [minuteMs, 'in 1 minute'],
  [-minuteMs, '1 minute ago'],
  [hourMs - 1, 'in 59 minutes'],
  [-2 * hourMs, '2 hours ago'],
  [dayMs - 1, 'in 23 hours'],
  [3 * dayMs + 5, 'in 3 days'],
])('%d ms from now is "%s"', (away, words) => {
  const now = Date.UTC(2026, 0, 5, 10)
  expect(describeDistance(now + away, now)).toBe(words)
})
