import { globSync, readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'

/** What reads the clock or waits for it; `new Date(instant)` only converts. */
const readsClock = /\bDate\.now\b|\bnew Date\(\)|\bperformance\.now\b|\bset(Timeout|Interval)\(/

/** A text that runs in a browser, where there is nobody to be told the time by. */
const browserScript = 'functions/page/refresh-script.ts'
const product = globSync('functions/**/*.ts').filter((file) => file !== browserScript)
const clockReaders = product.filter((file) => readsClock.test(readFileSync(file, 'utf8')))

test('Only adapters/system reads the clock: everything else is told the time', () => {
  expect(product.length).toBeGreaterThan(50)
  expect(clockReaders).toEqual([
    'functions/adapters/system/bell.ts',
    'functions/adapters/system/clock.ts',
  ])
})

test.each([
  ['const now = Date.now()', true],
  ['new Date().getTime()', true],
  ['setTimeout(work, 5)', true],
  ['toIso = new Date(instant).toISOString()', false],
])('%s reads the clock: %s', (line, expected) => {
  expect(readsClock.test(line)).toBe(expected)
})
