import { expect, test } from '@jest/globals'
import { backoffMs, nextLook } from '../../functions/domain/backoff.ts'
import { dayMs, hourMs, minuteMs } from '../../functions/domain/instant.ts'

const fromQuarterHour = { firstMs: 15 * minuteMs, maxMs: dayMs }
const fromHour = { firstMs: hourMs, maxMs: dayMs }
const daily = { firstMs: dayMs, maxMs: dayMs }
const now = Date.parse('2026-03-25T10:00:00Z')

test.each([
  [0, 15],
  [1, 30],
  [2, 60],
  [3, 120],
  [4, 240],
  [5, 480],
  [6, 960],
  [7, 1440],
  [8, 1440],
  [2000, 1440],
])('After %d looks a wait that began with 15 minutes takes %d', (looks, minutes) => {
  expect(backoffMs(fromQuarterHour, looks)).toBe(minutes * minuteMs)
})

test('The first look for a reason waits shortest, whatever was waited for before', () => {
  expect(nextLook({ reason: 'pool-open', looks: 6 }, 'pool-locked', fromQuarterHour, now)).toEqual({
    dueAt: now + 15 * minuteMs,
    looks: 1,
    warning: false,
  })
})

test('A pool closed for an update is looked at after 1, 2, 4, 8, 16, 24, 24 hours', () => {
  const hours: number[] = []
  const warnings: boolean[] = []
  let before = { reason: 'closed-for-update', looks: 0 }
  for (let look = 0; look < 7; look += 1) {
    const next = nextLook(before, 'closed-for-update', fromHour, now)
    hours.push((next.dueAt - now) / hourMs)
    warnings.push(next.warning)
    before = { reason: 'closed-for-update', looks: next.looks }
  }
  expect(hours).toEqual([1, 2, 4, 8, 16, 24, 24])
  expect(warnings).toEqual([false, false, false, false, false, true, true])
})

test('A wait that never lengthens warns of nothing by itself', () => {
  for (const looks of [0, 1, 50]) {
    const before = { reason: 'review-pending', looks }
    expect(nextLook(before, 'review-pending', daily, now)).toEqual({
      dueAt: now + dayMs,
      looks: looks + 1,
      warning: false,
    })
  }
})
