import { execFileSync } from 'node:child_process'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import {
  formatTolokaDate,
  parseHttpDate,
  parseTolokaDate,
} from '../../../functions/adapters/toloka/toloka-date.ts'

describe("Toloka's dates", () => {
  test.each([
    ['2022-12-01', '2022-12-01T00:00:00.000Z'],
    ['2022-04-07T16:06:15', '2022-04-07T16:06:15.000Z'],
    ['2022-04-07T16:06:15Z', '2022-04-07T16:06:15.000Z'],
    ['2022-04-07T16:06:15.5', '2022-04-07T16:06:15.500Z'],
    ['2022-04-07T16:06:15.12', '2022-04-07T16:06:15.120Z'],
    ['2022-04-07T16:06:15.123', '2022-04-07T16:06:15.123Z'],
    ['2022-04-07T16:06:15.12300Z', '2022-04-07T16:06:15.123Z'],
    ['2024-02-29T23:59:59', '2024-02-29T23:59:59.000Z'],
  ])('%s is %s', (text, iso) => {
    expect(parseTolokaDate(text)).toBe(Date.parse(iso))
  })

  test.each([
    ['2022-04-07T16:06:15.1230001', '2022-04-07T16:06:15.124Z'],
    ['2022-04-07T16:06:15.123456', '2022-04-07T16:06:15.124Z'],
    ['2022-12-31T23:59:59.999999999', '2023-01-01T00:00:00.000Z'],
  ])('%s rounds up to %s, as late is cheap', (text, iso) => {
    expect(parseTolokaDate(text)).toBe(Date.parse(iso))
  })

  test.each([
    '',
    'yesterday',
    '2022-04-07 16:06:15',
    '2022-04-07T16:06',
    '2022-04-07T16:06:15+00:00',
    '2022-04-07T16:06:15-0300',
    '2022-04-07T16:06:15.',
    '2022-04-07T16:06:15.1234567890',
    '2022-04-07Z',
    '2022-02-30',
    '2023-02-29T00:00:00',
    '2022-13-01',
    '2022-04-07T24:00:00',
    '2022-04-07T16:60:00',
    ' 2022-04-07',
    '20220407',
    '1649347575000',
  ])('%j is none', (text) => {
    expect(parseTolokaDate(text)).toBeNull()
  })

  test('what is written can be read', () => {
    const instants = fc.date({
      min: new Date('0000-01-01T00:00:00Z'),
      max: new Date('9999-12-31T23:59:59.999Z'),
      noInvalidDate: true,
    })
    fc.assert(
      fc.property(instants, fc.constantFrom('', 'Z', '000', '000000Z'), (date, tail) => {
        expect(parseTolokaDate(formatTolokaDate(date.getTime()) + tail)).toBe(date.getTime())
      }),
    )
  })

  test('any text is a date or none, and never an error', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[\dTZ:.+-]{0,30}$/)), (text) => {
        const instant = parseTolokaDate(text)
        expect(instant === null || Number.isSafeInteger(instant)).toBe(true)
      }),
    )
  })

  test('are written in UTC, with milliseconds, without a zone', () => {
    const instant = Date.parse('2026-11-15T09:00:00.000Z')
    expect(formatTolokaDate(instant)).toBe('2026-11-15T09:00:00.000')
  })
})

describe('dates in headers', () => {
  test('are read', () => {
    const instant = Date.parse('2026-11-24T10:00:00Z')
    expect(parseHttpDate('Tue, 24 Nov 2026 10:00:00 GMT')).toBe(instant)
  })

  test.each([null, '', 'now', 'Tue, 24 Nov 2026 10:00:00', 'Tue, 99 Nov 2026 10:00:00 GMT'])(
    '%j is none',
    (text) => {
      expect(parseHttpDate(text)).toBeNull()
    },
  )
})

test.each(['UTC', 'America/St_Johns', 'Asia/Tokyo'])('the time zone %s changes nothing', (TZ) => {
  const script = `
    import * as dates from './functions/adapters/toloka/toloka-date.ts'
    const written = ['2026-03-29T02:30:00', '2026-11-24'].map(dates.parseTolokaDate)
    const header = dates.parseHttpDate('Tue, 24 Nov 2026 10:00:00 GMT')
    const offset = new Date('2026-01-01T00:00:00').toISOString()
    process.stdout.write(JSON.stringify([...written, header, dates.formatTolokaDate(0), offset]))
  `
  const output = execFileSync(process.execPath, ['--input-type=module', '--eval', script], {
    env: { TZ },
    encoding: 'utf8',
  })
  const offsets = { UTC: '00:00', 'America/St_Johns': '03:30', 'Asia/Tokyo': '15:00' }
  expect(JSON.parse(output)).toEqual([
    Date.parse('2026-03-29T02:30:00Z'),
    Date.parse('2026-11-24T00:00:00Z'),
    Date.parse('2026-11-24T10:00:00Z'),
    '1970-01-01T00:00:00.000',
    expect.stringContaining(`T${Object.entries(offsets).find(([zone]) => zone === TZ)?.[1]}:00`),
  ])
})
