import { gzipSync } from 'node:zlib'
import { expect, test } from '@jest/globals'
import { canaries, expectNoCanary } from './canary.ts'

const { token, secret, previous } = canaries

test.each([
  ['as it is', token],
  ['in JSON', JSON.stringify({ deep: { down: [secret] } })],
  ['in a value', { deep: { down: [previous] } }],
  ['in bytes', Buffer.from(`\u0000${token}\u0000`)],
  ['in an address', `https://toloka.dev/?token=${encodeURIComponent(token)}`],
  ['in a form', new URLSearchParams({ secret }).toString()],
  ['in hex', Buffer.from(`before ${secret}`).toString('hex')],
  ['in base64', Buffer.from(`user:${token}`).toString('base64')],
  ['in base64, one byte later', Buffer.from(`user::${token} and more`).toString('base64')],
  ['in base64, two bytes later', Buffer.from(`user:::${token} and more`).toString('base64url')],
  ['in the cause of an error', new Error('no', { cause: new Error(previous) })],
  ['in a field of an error', Object.assign(new Error('no'), { header: token })],
])('A secret is found %s', (_where, said) => {
  expect(() => expectNoCanary('nothing here', said)).toThrow(/A secret came out/)
})

test('Where there is none, none is found', () => {
  const innocent = ['token', { secret: '[secret]' }, gzipSync('nothing'), new Error('no'), null]

  expect(() => expectNoCanary(...innocent)).not.toThrow()
})
