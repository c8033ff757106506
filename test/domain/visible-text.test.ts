import { expect, test } from '@jest/globals'
import { escapeInvisible, toOneLine } from '../../functions/domain/visible-text.ts'

test.each([
  ['plain text, and ünïcödé', 'plain text, and ünïcödé'],
  ['\u001b[2J', String.raw`\u001b[2J`],
  ['one\r\ntwo', String.raw`one\u000d\u000atwo`],
  ['\u2028 and \u2029', String.raw`\u2028 and \u2029`],
  ['\u202eevil', String.raw`\u202eevil`],
  ['\u0000', String.raw`\u0000`],
  // One character, two units.
  ['\u{e0001}', String.raw`\udb40\udc01`],
])('Of %j a terminal sees %s', (text, seen) => {
  expect(escapeInvisible(text)).toBe(seen)
})

test.each([
  ['\n begin\r\n\r\nand end\u2028', 'begin and end'],
  ['plain', 'plain'],
])('%j becomes the line %j', (text, line) => {
  expect(toOneLine(text)).toBe(line)
})
