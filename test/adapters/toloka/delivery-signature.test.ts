import crypto, { createHmac } from 'node:crypto'
import { describe, expect, jest, test } from '@jest/globals'
import fc from 'fast-check'
import {
  isSignedBy,
  parseSignature,
  writeSignature,
} from '../../../functions/adapters/toloka/delivery-signature.ts'

const sign = '609af3eefd4c12b6afad30ab456efcd21fe82f4247d3340151a3ca0c97a6cbcb'
const documented = {
  event_time: '2000-01-01T12:00:00',
  project_id: 'project-1',
  pool_id: 'pool-1',
  uuid: '00000000-0000-0000-0000-000000000000',
  task_suite_id: 'task-suite-1',
  assignment_id: 'assignment-1',
  webhook_subscription_id: 'subscription-1',
  type: 'ASSIGNMENT_APPROVED',
}
const body = Buffer.from(JSON.stringify({ events: [documented] }))

function isSigned(header: string, secrets: readonly string[], bytes: Uint8Array): boolean {
  const signature = parseSignature(header)
  return signature !== null && isSignedBy(secrets, signature, bytes)
}

describe('the documented example', () => {
  const header = `{v=1, ts=946728000000, sign=${sign}}`

  test('is genuine', () => {
    expect(body.byteLength).toBe(273)
    expect(isSigned(header, ['12345'], body)).toBe(true)
  })

  test('is signed as Toloka signs it', () => {
    expect(writeSignature('12345', body, 946728000000)).toBe(header)
  })

  test('is genuine as well in the indented form in which it is shown', () => {
    const shown = Buffer.from(JSON.stringify({ events: [documented] }, null, 2))
    expect(shown.byteLength).toBe(355)
    expect(isSigned(header, ['12345'], shown)).toBe(true)
  })

  test('is genuine by any of the secrets', () => {
    expect(isSigned(header, ['a-new-one', '12345'], body)).toBe(true)
    expect(isSigned(header, ['a-new-one'], body)).toBe(false)
    expect(isSigned(header, [], body)).toBe(false)
  })

  test.each([
    ['time', `{v=1, ts=946728000001, sign=${sign}}`],
    ['version', `{v=2, ts=946728000000, sign=${sign}}`],
    ['sign', `{v=1, ts=946728000000, sign=${sign.replace('6', '7')}}`],
  ])('is forged with another %s', (_, other) => {
    expect(isSigned(other, ['12345'], body)).toBe(false)
  })

  test('is forged with another body', () => {
    const other = Buffer.from(body.toString().replace('pool-1', 'pool-2'))
    expect(isSigned(header, ['12345'], other)).toBe(false)
  })
})

test('leading zeros that were lost are no difference', () => {
  const secret = 'lost-zeros'
  const isShort = (ts: number) => digestOf(secret, ts).startsWith('0')
  const ts = Array.from({ length: 1_000 }, (_, index) => index).find(isShort) ?? -1
  const short = digestOf(secret, ts).replace(/^0+/, '')
  expect(short.length).toBeLessThan(64)
  expect(isSigned(`{v=1, ts=${ts}, sign=${short}}`, [secret], body)).toBe(true)
})

function digestOf(secret: string, ts: number): string {
  return createHmac('sha256', secret).update(`${ts}.1.`).update(body).digest('hex')
}

test.each([
  ['without braces', `v=1, ts=946728000000, sign=${sign}`],
  ['in another order', `{sign=${sign},v=1,ts=946728000000}`],
  ['with other spacing', `  { v = 1 ,\tts= 946728000000,sign =${sign} } `],
  ['in capitals', `{v=1, ts=946728000000, sign=${sign.toUpperCase()}}`],
  ['with another key', `{v=1, ts=946728000000, alg=hmac==, sign=${sign}}`],
])('a header %s is read', (_, header) => {
  expect(isSigned(header, ['12345'], body)).toBe(true)
})

test.each([
  '',
  '{}',
  sign,
  `{v=1, ts=946728000000}`,
  `{ts=946728000000, sign=${sign}}`,
  `{v=, ts=946728000000, sign=${sign}}`,
  `{v=1, sign=${sign}}`,
  `{v=1, ts=now, sign=${sign}}`,
  `{v=1, ts=-1, sign=${sign}}`,
  `{v=1, ts=1e3, sign=${sign}}`,
  `{v=1, ts=${'9'.repeat(400)}, sign=${sign}}`,
  `{v=1, ts=946728000000, sign=}`,
  `{v=1, ts=946728000000, sign=${sign}0}`,
  `{v=1, ts=946728000000, sign=xyz}`,
  `{v=1, v=1, ts=946728000000, sign=${sign}}`,
  `{v=1, ts=946728000000, sign=${sign}, sign=${sign}}`,
  `{v=1, ts=946728000000, sign=${sign}, x=1, x =2}`,
  `{v=1, ts=946728000000, sign=${sign},}`,
])('%j is malformed', (header) => {
  expect(parseSignature(header)).toBeNull()
})

test.each([sign, '0', sign.replace(/.$/, '0'), '0'.repeat(64)])(
  'the digest %s is compared as a whole, in constant time',
  (digest) => {
    const compared = jest.spyOn(crypto, 'timingSafeEqual')
    isSigned(`{v=1, ts=946728000000, sign=${digest}}`, ['12345', 'the-previous-one'], body)
    const lengths = compared.mock.calls.flat().map(({ byteLength }) => byteLength)
    compared.mockRestore()

    expect(lengths.length).toBeGreaterThan(0)
    expect(new Set(lengths)).toEqual(new Set([64]))
  },
)

describe('any header', () => {
  const likely = fc.constantFrom(
    '{',
    '}',
    ',',
    '=',
    'v',
    'ts',
    'sign',
    '1',
    'a',
    ' ',
    '\n',
    '__proto__',
  )

  test('is a signature or none, and never an error', () => {
    const headers = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: likely, maxLength: 40 }),
    )
    fc.assert(
      fc.property(headers, (header) => {
        const signature = parseSignature(header)
        expect(signature === null || signature.digest.length === 64).toBe(true)
      }),
    )
  })

  test('that was written right is read back', () => {
    const parts = fc.record({
      version: fc.stringMatching(/^[\w.-]{1,9}$/),
      createdAt: fc.nat({ max: 4e12 }),
      digest: fc.uint8Array({ minLength: 32, maxLength: 32 }),
    })
    fc.assert(
      fc.property(parts, ({ version, createdAt, digest }) => {
        const hex = Buffer.from(digest).toString('hex')
        expect(parseSignature(`{v=${version}, ts=${createdAt}, sign=${hex}}`)).toEqual({
          version,
          timestamp: String(createdAt),
          createdAt,
          digest: hex,
        })
      }),
    )
  })
})
