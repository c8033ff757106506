import { request } from 'node:http'
import { once } from 'node:events'
import { json } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { assert, asyncProperty, constantFrom, option, string, uint8Array } from 'fast-check'
import { createWakeUpQueue } from '../../functions/adapters/local/wake-up-queue.ts'
import { openDataFile } from '../../functions/adapters/local/open-data-file.ts'
import { createApp } from '../../functions/local/app.ts'
import { listen } from '../../functions/page/http-server.ts'
import { workOff } from '../../functions/local/work-off.ts'
import { addFinishedPool, beginsAt, closedEvent, openBox, signedDelivery, type Box } from './box.ts'

const limit = 256 * 1024

describe('The webhook', () => {
  let box: Box

  beforeEach(async () => {
    box = await openBox()
  })
  afterEach(async () => {
    await box.close()
  })

  const send = async (init: RequestInit): Promise<{ status: number; body: unknown }> => {
    const response = await fetch(`${box.server.url}/webhooks/toloka`, init)
    return { status: response.status, body: await response.json() }
  }

  /** What another process finds in the data file. */
  const storedPoolIds = async (): Promise<readonly string[]> => {
    const beside = openDataFile(box.config.dataFile, { exclusive: false })
    const due = await createWakeUpQueue(beside, box.archiver.clock).takeDue(beginsAt, 100)
    beside.close()
    return due.map(({ wakeUp }) => wakeUp.poolId)
  }

  test('stores the wake-up before it says 200', async () => {
    const poolId = addFinishedPool(box.model)
    const answer = await send(signedDelivery({ events: [closedEvent(poolId)] }))

    expect(answer).toEqual({ status: 200, body: { status: 'ok' } })
    expect(await storedPoolIds()).toEqual([poolId])
    await workOff(box.archiver)
    expect(box.model.statusOf(poolId)).toBe('ARCHIVED')
  })

  test('wakes each of several pools once', async () => {
    const events = ['17', '18', '17'].map(closedEvent)
    expect(await send(signedDelivery({ events }))).toMatchObject({ status: 200 })
    expect(await storedPoolIds()).toEqual(['17', '18'])
  })

  test.each([
    ['a test event', { type: 'TEST_EVENT' }],
    ['an event of another type', { type: 'ASSIGNMENT_CREATED', pool_id: '17' }],
  ])('acknowledges and ignores %s', async (_, event) => {
    expect(await send(signedDelivery(event))).toMatchObject({ status: 200 })
    expect(await storedPoolIds()).toEqual([])
  })

  const genuine = signedDelivery({ events: [closedEvent('17')] })
  const { 'Toloka-Signature': signature } = genuine.headers
  const contentType = { 'Content-Type': 'application/json' }

  test.each([
    ['a wrong signature', 401, signedDelivery(closedEvent('17'), beginsAt, 'another-secret')],
    ['no signature', 401, { ...genuine, headers: contentType }],
    ['a signature of yesterday', 401, signedDelivery(closedEvent('17'), beginsAt - 90_000_000)],
    ['another body than was signed', 401, { ...genuine, body: '{}' }],
    ['no body', 401, { ...genuine, body: '' }],
    ['a body that is not JSON', 400, signedDelivery('{"events":')],
    ['an event without a pool', 400, signedDelivery({ type: 'POOL_CLOSED' })],
    [
      'another content type',
      415,
      { ...genuine, headers: { 'Toloka-Signature': signature, 'Content-Type': 'text/plain' } },
    ],
    ['a body over 256 KiB', 413, signedDelivery('x'.repeat(limit + 1))],
  ])('refuses %s by %i', async (_, status, init) => {
    expect(await send(init)).toEqual({ status, body: { problem: expect.any(String) } })
    expect(await storedPoolIds()).toEqual([])
  })

  test('closes the connection on which it left a long body unread, and says so', async () => {
    const url = `${box.server.url}/webhooks/toloka`
    const response = await fetch(url, signedDelivery('x'.repeat(limit + 1)))
    expect(response.headers.get('connection')).toBe('close')
  })

  test('takes a body of exactly 256 KiB', async () => {
    const text = JSON.stringify({ events: [closedEvent('17')], filler: '' })
    const filler = 'x'.repeat(limit - text.length)
    const init = signedDelivery({ events: [closedEvent('17')], filler })
    expect(init.body).toHaveLength(limit)
    expect(await send(init)).toMatchObject({ status: 200 })
  })

  test.each(['GET', 'PUT', 'DELETE'])('refuses %s by 405', async (method) => {
    const response = await fetch(`${box.server.url}/webhooks/toloka`, { method })
    expect(response.status).toBe(405)
    expect(response.headers.get('allow')).toBe('POST')
  })

  test('refuses a body that never ends, having read little of it', async () => {
    const endless = request(`${box.server.url}/webhooks/toloka`, {
      method: 'POST',
      headers: { ...genuine.headers, 'Transfer-Encoding': 'chunked' },
    })
    endless.on('error', () => {}) // The server hangs up on us.
    const chunk = Buffer.alloc(16 * 1024, 'x')
    let sent = 0
    let isAnswered = false
    const pour = (): void => {
      if (isAnswered) return
      sent += chunk.length
      endless.write(chunk, () => setImmediate(pour))
    }
    pour()
    const answered = await new Promise<{ status: number | undefined; body: unknown }>((resolve) => {
      endless.on('response', (response) => {
        void json(response).then((body) => resolve({ status: response.statusCode, body }))
      })
    })
    isAnswered = true
    endless.destroy()

    expect(answered).toEqual({ status: 413, body: { problem: 'A delivery has at most 256 KiB.' } })
    expect(sent).toBeLessThan(16 * limit)
  })

  test.each([
    ['a stated length', { 'Content-Length': '1000' }],
    ['chunks', { 'Transfer-Encoding': 'chunked' }],
  ])('a sender of %s that hangs up half-way harms nobody', async (_, length) => {
    const broken = request(`${box.server.url}/webhooks/toloka`, {
      method: 'POST',
      headers: { ...genuine.headers, ...length },
    })
    broken.on('error', () => {})
    const sent = once(broken, 'socket')
    broken.write('{"events"')
    await sent
    await new Promise((resolve) => broken.write(' ', resolve))
    broken.destroy()
    await box.journal.untilWritten('REQUEST_ABANDONED')

    expect(box.journal.codes()).toEqual(['REQUEST_ABANDONED'])
    expect(await send(genuine)).toMatchObject({ status: 200 })
    expect(await storedPoolIds()).toEqual(['17'])
  })

  test('says 503 while the data file fails, and loses nothing that is sent again', async () => {
    box.archiver.close()
    expect(await send(genuine)).toEqual({
      status: 503,
      body: { problem: 'The events could not be stored. Please send them again.' },
    })
    expect(box.journal.codes()).toContain('WEBHOOK_FAILED')

    const mended = await listen(createApp(box.reopen()), '127.0.0.1', 0)
    const again = await fetch(`${mended.url}/webhooks/toloka`, genuine)
    await mended.close()
    expect(again.status).toBe(200)
    expect(await storedPoolIds()).toEqual(['17'])
  })

  test('never says 5xx, whatever is sent', async () => {
    const characters = '{}=,; vtsign0123456789abcf'.split('')
    const someSignature = option(string({ unit: constantFrom(...characters), maxLength: 80 }))
    const someType = constantFrom('application/json', 'application/json; charset=x', 'text/plain')
    await assert(
      asyncProperty(
        uint8Array({ maxLength: 200 }),
        someSignature,
        someType,
        async (bytes, header, type) => {
          const body = Buffer.from(bytes).toString('latin1')
          const forged = { 'Content-Type': type, 'Toloka-Signature': header ?? '' }
          const genuineHeaders = signedDelivery(body).headers
          const headers = header === null ? genuineHeaders : forged
          const { status } = await send({ method: 'POST', headers, body })
          expect([200, 400, 401, 415]).toContain(status)
        },
      ),
      { numRuns: 300 },
    )
  })
})

test('Without a secret the webhook is off, and says so', async () => {
  const box = await openBox({ TOLOKA_WEBHOOK_SECRET: '' })
  const url = `${box.server.url}/webhooks/toloka`
  const response = await fetch(url, signedDelivery(closedEvent('17')))
  expect(response.status).toBe(404)
  expect(await response.json()).toEqual({
    problem: 'The webhook is off: TOLOKA_WEBHOOK_SECRET is not set.',
  })
  expect(await box.archiver.queue.nextDueAt()).toBeNull()
  await box.close()
})
