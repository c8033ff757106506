import { expect, test } from '@jest/globals'
import { localAddress } from '../../functions/runtime/local-address.ts'

test.each([
  ['127.0.0.1', 8787, 'http://127.0.0.1:8787'],
  ['archiver.lan', 80, 'http://archiver.lan:80'],
  ['::1', 8787, 'http://[::1]:8787'],
  ['0.0.0.0', 8787, 'http://127.0.0.1:8787'],
  ['::', 8787, 'http://[::1]:8787'],
  ['127.0.0.1', 0, null],
])('An archiver that listens on %s, port %i, is reached at %s', (host, port, address) => {
  expect(localAddress({ host, port })).toBe(address)
})
