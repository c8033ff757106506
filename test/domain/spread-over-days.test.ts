import { describe, expect, test } from '@jest/globals'
import { dayMs, hourMs } from '../../functions/domain/instant.ts'
import { spreadOverDays } from '../../functions/domain/spread-over-days.ts'

const midnight = Date.UTC(2026, 0, 5)
const now = midnight + 10 * hourMs

describe('A daily limit', () => {
  test('lets through what fits into the day', () => {
    const spread = spreadOverDays(2, 0, now)
    expect([now, now + hourMs].map(spread)).toEqual([now, now + hourMs])
  })

  test('spreads what is over, evenly over the next day with room', () => {
    const spread = spreadOverDays(4, 3, now)
    expect(Array.from({ length: 7 }, () => spread(now))).toEqual([
      now,
      midnight + dayMs,
      midnight + dayMs + 6 * hourMs,
      midnight + dayMs + 12 * hourMs,
      midnight + dayMs + 18 * hourMs,
      midnight + 2 * dayMs,
      midnight + 2 * dayMs + 6 * hourMs,
    ])
  })

  test('counts what has its time on a later day already', () => {
    const spread = spreadOverDays(1, 0, now)
    const tomorrow = now + dayMs
    expect([tomorrow, now, now].map(spread)).toEqual([tomorrow, now, midnight + 2 * dayMs])
  })

  test('that is no limit changes no time', () => {
    const spread = spreadOverDays(Infinity, 1e6, now)
    expect(Array.from({ length: 3 }, () => spread(now))).toEqual([now, now, now])
  })

  test('of one a day is quick even if there is far too much', () => {
    const spread = spreadOverDays(1, 1, now)
    const times = Array.from({ length: 200_000 }, () => spread(now))
    expect(times.at(-1)).toBe(midnight + 200_000 * dayMs)
  })
})
