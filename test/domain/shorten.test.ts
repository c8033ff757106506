import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { countBytes, shorten } from '../../functions/domain/shorten.ts'
import { planned, recordAfter } from '../support/records.ts'

describe('A text from outside', () => {
  test.each([0, 1, 239, 240])('of %d bytes is kept', (length) => {
    expect(shorten('x'.repeat(length))).toBe('x'.repeat(length))
  })

  test.each([241, 100_000])('of %d bytes is cut to 240, and shows it', (length) => {
    expect(shorten('x'.repeat(length))).toBe(`${'x'.repeat(237)}…`)
  })

  test('is measured in bytes, whatever the script', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
        const cut = shorten(text) ?? ''
        expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(240)
        expect(Buffer.byteLength(text) <= 240).toBe(cut === text)
      }),
    )
  })

  test.each([
    ['\u0000', 1],
    ['\u007f', 1],
    ['\u0080', 2],
    ['\u07ff', 2],
    ['\u0800', 3],
    ['\ud800', 3], // Half a character is stored as the one that stands for what cannot be read.
    ['\uffff', 3],
    ['\u{10000}', 4],
    ['\u{10ffff}', 4],
  ])('counts each character as UTF-8 does: %j', (character, bytes) => {
    expect(countBytes(character)).toBe(bytes)
    expect(Buffer.byteLength(character)).toBe(bytes)
  })

  test('is cut in the record and in its history and announcement', () => {
    const record = recordAfter({ ...planned, detail: 'x'.repeat(1000) })
    const cut = `${'x'.repeat(237)}…`
    expect(record.detail).toBe(cut)
    expect(record.history[0]?.detail).toBe(cut)
    expect(record.outbox[0]?.detail).toBe(cut)
  })

  test('is not cut in the middle of a character', () => {
    expect(shorten('🙈'.repeat(200))?.isWellFormed()).toBe(true)
  })

  test('that is not there stays so', () => {
    expect(shorten(null)).toBeNull()
  })
})
