import fc from 'fast-check'
import { describe, expect, test } from '@jest/globals'
import { dayMs, hourMs, minuteMs, secondMs } from '../../functions/domain/instant.ts'
import { parseDuration } from '../../functions/runtime/duration.ts'

describe('A duration', () => {
  test.each([
    ['0', 0],
    ['0s', 0],
    ['30s', 30 * secondMs],
    ['90m', 90 * minuteMs],
    ['36h', 36 * hourMs],
    ['2d', 2 * dayMs],
    ['007d', 7 * dayMs],
    ['3650d', 3_650 * dayMs],
  ])('%s is %d ms', (text, durationMs) => {
    expect(parseDuration(text)).toBe(durationMs)
  })

  test.each([
    '',
    ' ',
    '1',
    '5 m',
    ' 5m',
    '5m ',
    '5m\n',
    '-5m',
    '+5m',
    '1.5h',
    '1e3s',
    '1h30m',
    '5M',
    '5min',
    '5ms',
    '1w',
    'm',
    '٣d',
    '0x10s',
    '3651d',
    '99999999999999999999d',
    `${'9'.repeat(400)}s`,
  ])('%j is none', (text) => {
    expect(parseDuration(text)).toBeNull()
  })

  test('of any whole number and any unit is that many of that unit', () => {
    const units = { s: secondMs, m: minuteMs, h: hourMs, d: dayMs }
    const unit = fc.constantFrom('s', 'm', 'h', 'd')

    fc.assert(
      fc.property(fc.nat(3_650), unit, (count, letter) => {
        expect(parseDuration(`${count}${letter}`)).toBe(count * units[letter])
      }),
    )
  })

  test('is never negative, broken, or longer than ten years, whatever the text', () => {
    const nearMiss = fc.stringMatching(/^[-+ ]?\d{0,25}[.,]?\d{0,3}[smhdw ]{0,2}$/)

    fc.assert(
      fc.property(fc.oneof(fc.string(), nearMiss), (text) => {
        const durationMs = parseDuration(text) ?? 0
        expect(Number.isSafeInteger(durationMs)).toBe(true)
        expect(durationMs).toBeGreaterThanOrEqual(0)
        expect(durationMs).toBeLessThanOrEqual(3_650 * dayMs)
      }),
    )
  })
})
