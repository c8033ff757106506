import { describe, expect, test } from '@jest/globals'
import { dayMs, hourMs } from '../../functions/domain/instant.ts'
import { axisAround, isOn, placeOn, ticksOf } from '../../functions/page/time-axis.ts'

const now = Date.UTC(2026, 0, 10, 12)

describe('The axis of time', () => {
  test('shows two days before and after now, if there is nothing else', () => {
    const axis = axisAround([], now)
    expect(placeOn(axis, now)).toBe(50)
    expect(ticksOf(axis).map(({ label }) => label)).toEqual(['9 Jan', '10 Jan', '11 Jan', '12 Jan'])
  })

  test('has room for everything that is near', () => {
    const instants = [now - 9 * dayMs, now + hourMs, now + 4 * dayMs]
    const axis = axisAround(instants, now)
    for (const instant of instants) {
      expect(isOn(axis, instant)).toBe(true)
      expect(placeOn(axis, instant)).toBeGreaterThan(1)
      expect(placeOn(axis, instant)).toBeLessThan(99)
    }
  })

  test('goes three weeks far and no further', () => {
    const instants = [now - 400 * dayMs, now + 400 * dayMs]
    const axis = axisAround(instants, now)
    expect(instants.map((instant) => placeOn(axis, instant))).toEqual([0, 100])
    expect(instants.map((instant) => isOn(axis, instant))).toEqual([false, false])
    expect(placeOn(axis, now)).toBe(50)
  })

  test.each([1, 5, 9, 14, 21])('has few dates on it, each at midnight: %i days', (days) => {
    const ticks = ticksOf(axisAround([now - days * dayMs, now + days * dayMs], now))
    expect(ticks.length).toBeGreaterThan(1)
    expect(ticks.length).toBeLessThan(8)
    expect(ticks.every(({ at }) => at % dayMs === 0)).toBe(true)
  })
})
