import { createHmac } from 'node:crypto'
import { describe, expect, jest, test } from '@jest/globals'
import fc from 'fast-check'
import type { Delivery, DeliveryReading } from '../../../functions/application/ports.ts'
import { createDeliveryReader } from '../../../functions/adapters/toloka/delivery-reader.ts'

const secret = 'a-webhook-secret-that-nobody-may-see'
const now = Date.parse('2026-11-24T10:00:00Z')
const dayMs = 24 * 3_600_000

const reader = createDeliveryReader({
  secrets: async () => ['the-previous-one', secret],
  clock: { now: () => now },
  toleranceMs: dayMs,
})

function deliver(content: unknown, signedAt = now): Delivery {
  const body = Buffer.isBuffer(content)
    ? content
    : Buffer.from(typeof content === 'string' ? content : JSON.stringify(content))
  const sign = createHmac('sha256', secret).update(`${signedAt}.1.`).update(body).digest('hex')
  const signature = `{v=1, ts=${signedAt}, sign=${sign}}`
  return { contentType: 'application/json', signature, body }
}
async function statusOf(delivery: Delivery): Promise<number> {
  const reading = await reader.read(delivery)
  return reading.kind === 'refused' ? reading.status : 200
}
function closed(poolId: unknown): object {
  return { type: 'POOL_CLOSED', pool_id: poolId, close_reason: 'COMPLETED' }
}
function genuine(poolIds: readonly string[], ignored: number): DeliveryReading {
  return { kind: 'genuine', poolIds, ignored }
}

describe('a genuine delivery', () => {
  test('names the pools that closed, each once', async () => {
    const events = [closed('17'), { type: 'ASSIGNMENT_REJECTED' }, closed('18'), closed('17')]
    expect(await reader.read(deliver({ events }))).toEqual(genuine(['17', '18'], 1))
  })

  test('may be one event by itself', async () => {
    expect(await reader.read(deliver(closed('17')))).toEqual(genuine(['17'], 0))
  })

  test('may be a test', async () => {
    const event = { type: 'TEST_EVENT', pool_id: '17', uuid: 'u' }
    expect(await reader.read(deliver({ events: [event] }))).toEqual(genuine([], 1))
    expect(await reader.read(deliver(event))).toEqual(genuine([], 1))
  })

  test('may have no events', async () => {
    expect(await reader.read(deliver({ events: [] }))).toEqual(genuine([], 0))
  })

  test('what makes no sense beside a pool that closed does not lose that pool', async () => {
    const events = [closed(null), null, closed('17')]
    expect(await reader.read(deliver({ events }))).toEqual(genuine(['17'], 2))
  })
})

describe('the content type', () => {
  test.each(['application/json', 'Application/JSON; charset=utf-8', ' application/json ;x'])(
    '%j is fine',
    async (contentType) => {
      expect(await statusOf({ ...deliver(closed('17')), contentType })).toBe(200)
    },
  )

  test.each([null, '', 'text/plain', 'application/jsonp', 'text/html; application/json'])(
    '%j is not',
    async (contentType) => {
      expect(await statusOf({ ...deliver(closed('17')), contentType })).toBe(415)
    },
  )
})

test('256 KiB are read, and not a byte more', async () => {
  const padding = 256 * 1024 - JSON.stringify({ ...closed('17'), x: '' }).length
  const fits = { ...closed('17'), x: 'x'.repeat(padding) }
  expect(await statusOf(deliver(fits))).toBe(200)
  expect(await statusOf(deliver({ ...fits, x: `${fits.x}x` }))).toBe(413)
})

test('what is too long is refused before anything is done with it', async () => {
  const asked: string[] = []
  const careful = createDeliveryReader({
    secrets: async () => {
      asked.push('secrets')
      return [secret]
    },
    clock: { now: () => now },
    toleranceMs: dayMs,
  })
  const tooLong = deliver('x'.repeat(256 * 1024 + 1))

  expect(await careful.read(tooLong)).toMatchObject({ kind: 'refused', status: 413 })
  expect(await careful.read({ ...tooLong, signature: null })).toMatchObject({ status: 413 })
  expect(asked).toEqual([])
})

describe('the signature', () => {
  test.each([
    ['now', now, 200],
    ['a day old', now - dayMs, 200],
    ['older', now - dayMs - 1, 401],
    ['five minutes ahead', now + 300_000, 200],
    ['further ahead', now + 300_001, 401],
  ])('may be dated: %s', async (_, signedAt, status) => {
    expect(await statusOf(deliver(closed('17'), signedAt))).toBe(status)
  })

  test.each([
    ['missing', null],
    ['malformed', 'hello'],
    ['of something else', deliver(closed('18')).signature],
  ])('that is %s is refused', async (_, signature) => {
    expect(await statusOf({ ...deliver(closed('17')), signature })).toBe(401)
  })

  test('is checked before the body is believed', async () => {
    const { signature } = deliver('x')
    expect(await statusOf({ ...deliver('not JSON'), signature })).toBe(401)
  })

  test('JSON that is nested too deeply to be written again is refused, and that is all', async () => {
    const { signature } = deliver('x')
    expect(await statusOf({ ...deliver('['.repeat(1e5) + ']'.repeat(1e5)), signature })).toBe(401)
  })
})

describe('a genuine delivery that makes no sense', () => {
  test.each<[unknown, string]>([
    ['not JSON', 'The body is not JSON.'],
    ['', 'The body is not JSON.'],
    [Buffer.from('{"type":"\xff"}', 'latin1'), 'The body is not JSON.'],
    ['null', 'Event 0 has no type.'],
    ['[]', 'Event 0 has no type.'],
    [{}, 'Event 0 has no type.'],
    [{ events: 'none' }, 'Event 0 has no type.'],
    [{ events: [{ type: 'TEST_EVENT' }, 5] }, 'Event 1 has no type.'],
    [closed(undefined), 'Event 0 is POOL_CLOSED without the digits of a pool_id.'],
    [closed('pool-1'), 'Event 0 is POOL_CLOSED without the digits of a pool_id.'],
  ])('%j is refused', async (content, problem) => {
    const refused = { kind: 'refused', status: 400, problem }
    expect(await reader.read(deliver(content))).toEqual(refused)
  })
})

test('no delivery is an error, and no answer shows a secret', async () => {
  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.json())
  const anything = fc.record({
    contentType: fc.option(fc.oneof(fc.constant('application/json'), text)),
    signature: fc.option(fc.oneof(fc.constant(`{v=1,ts=${now},sign=0}`), text)),
    body: fc.oneof(
      fc.uint8Array(),
      text.map((content) => Buffer.from(content)),
    ),
  })
  const signed = fc.oneof(
    text,
    fc.json(),
    fc.array(fc.jsonValue()).map((events) => ({ events })),
  )
  const deliveries = fc.oneof(
    anything,
    signed.map((content) => deliver(content)),
  )
  await fc.assert(
    fc.asyncProperty(deliveries, async (delivery) => {
      const reading = await reader.read(delivery)
      expect(['genuine', 'refused']).toContain(reading.kind)
      expect(JSON.stringify(reading)).not.toContain(secret)
    }),
  )
})

test('the secret before is asked for only if the one in use does not fit', async () => {
  const before = jest.fn(async () => [secret])
  const readWith = async (inUse: string) => {
    const options = { secrets: async () => [inUse], secretsBefore: before }
    const exchanging = createDeliveryReader({
      ...options,
      clock: { now: () => now },
      toleranceMs: dayMs,
    })
    return exchanging.read(deliver(closed('17')))
  }

  expect(await readWith(secret)).toMatchObject({ kind: 'genuine' })
  expect(before).not.toHaveBeenCalled()
  expect(await readWith('the-new-one')).toMatchObject({ kind: 'genuine' })
  expect(before).toHaveBeenCalledTimes(1)
})

test('secrets that cannot be read are no refusal: the sender must try again', async () => {
  const closedVault = createDeliveryReader({
    secrets: async () => Promise.reject(new Error('The vault is closed.')),
    clock: { now: () => now },
    toleranceMs: dayMs,
  })
  await expect(closedVault.read(deliver(closed('17')))).rejects.toThrow('The vault is closed.')
})
