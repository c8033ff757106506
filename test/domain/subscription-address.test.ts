import { describe, expect, test } from '@jest/globals'
import { isSameAddress, leadsTo, markAddress } from '../../functions/domain/subscription-address.ts'

const webhook = 'https://archiver.example/webhooks/toloka'

describe('A marked address', () => {
  test.each([
    [webhook, `${webhook}?secret-version=abc`],
    [`${webhook}?of=1`, `${webhook}?of=1&secret-version=abc`],
    [`${webhook}?secret-version=old&of=1`, `${webhook}?secret-version=abc&of=1`],
  ])('of %s is %s, and leads to it', (url, marked) => {
    expect(markAddress(url, 'abc')).toBe(marked)
    expect(leadsTo(url, marked)).toBe(true)
  })
})

describe('Whether an address leads to the webhook', () => {
  test.each([
    ['without a mark', webhook, webhook, true],
    ['with another mark', webhook, `${webhook}?secret-version=0`, true],
    ['written in another way', `${webhook}?a=b%20c`, `${webhook}?a=b+c&secret-version=0`, true],
    ['with its port', webhook, 'https://ARCHIVER.example:443/webhooks/toloka', true],
    ['with another parameter', webhook, `${webhook}?stage=dev&secret-version=0`, false],
    ['with another path', webhook, `${webhook}/2?secret-version=0`, false],
    ['at another host', webhook, 'https://other.example/webhooks/toloka', false],
    ['that is none', webhook, 'no address', false],
  ])('one %s', (_what, url, address, leads) => {
    expect(leadsTo(url, address)).toBe(leads)
  })
})

test.each([
  ['https://a.example', 'https://A.example/', true],
  ['https://a.example/?x=1', 'https://a.example/?x=2', false],
  ['no address', 'no address', true],
  ['no address', 'https://a.example/', false],
])('%s and %s are one address: %s', (one, other, same) => {
  expect(isSameAddress(one, other)).toBe(same)
  expect(isSameAddress(other, one)).toBe(same)
})
