import { expect, test } from '@jest/globals'
import { parseToken } from '../../../functions/adapters/toloka/token.ts'

const lookupPart = 'a'.repeat(23)
const key = `${lookupPart}.b.c`

test.each([
  [`${'a'.repeat(21)}.b.c`, 'OAuth'],
  [`${'a'.repeat(22)}.b.c`, 'ApiKey'],
  [key, 'ApiKey'],
  [`${'a'.repeat(24)}.b.c`, 'ApiKey'],
  [`${'a'.repeat(25)}.b.c`, 'OAuth'],
  [`${lookupPart}.b`, 'OAuth'],
  [`${lookupPart}.b.c.d`, 'OAuth'],
  ['y0_AgAAA', 'OAuth'],
])('%s is sent as %s', (text, scheme) => {
  expect(parseToken(`  ${text}\n`)).toEqual({ scheme, value: text })
})

test('a scheme in front wins', () => {
  expect(parseToken(`OAuth ${key}`)).toEqual({ scheme: 'OAuth', value: key })
  expect(parseToken('ApiKey y0_AgAAA')).toEqual({ scheme: 'ApiKey', value: 'y0_AgAAA' })
})

test.each(['', '  ', 'two words', 'Bearer x', 'a\nb', 'tökén'])('%j is none', (text) => {
  expect(() => parseToken(text)).toThrow('The Toloka token is empty or has characters')
})
