import { getEventListeners } from 'node:events'
import { describe, expect, test } from '@jest/globals'
import { monotonicNow, sleep, systemClock } from '../../../functions/adapters/system/clock.ts'

describe('The clock of the machine', () => {
  test('says what time it is', () => {
    const before = Date.now()
    const now = systemClock.now()
    expect(now).toBeGreaterThanOrEqual(before)
    expect(now).toBeLessThanOrEqual(Date.now())
  })

  test('has one hand that never goes back', () => {
    const before = monotonicNow()
    expect(monotonicNow()).toBeGreaterThanOrEqual(before)
  })
})

describe('A sleep', () => {
  test('lasts as long as it should', async () => {
    const before = monotonicNow()
    await sleep(20)
    expect(monotonicNow() - before).toBeGreaterThan(18) // Timers may be a millisecond early.
  })

  test.each([
    ['an hour', 3_600_000],
    ['longer than timers can count', 2 ** 40],
  ])('of %s ends when it is disturbed', async (_, durationMs) => {
    const alarm = new AbortController()
    let isAwake = false
    const slept = sleep(durationMs, alarm.signal).then(() => (isAwake = true))
    await sleep(20)
    expect(isAwake).toBe(false)
    alarm.abort()
    await slept
    expect(getEventListeners(alarm.signal, 'abort')).toHaveLength(0)
  })

  test('does not begin after the alarm', async () => {
    await expect(sleep(3_600_000, AbortSignal.abort())).resolves.toBeUndefined()
  })
})
