import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, test } from '@jest/globals'
import { ask, HandClock } from './asking.ts'
import { deliverWebhooks } from './deliver-webhooks.ts'
import { TolokaModel } from './model.ts'
import type { Personality } from './personality.ts'
import { startFakeToloka } from './server.ts'
import { signDelivery } from './signature.ts'

const secret = 'a-secret-of-thirty-two-characters'
const start = '2026-03-10T08:00:00.250Z'

function arrange(
  personality: Partial<Personality> = {},
  url = 'http://127.0.0.1:9/hook',
): { clock: HandClock; model: TolokaModel; pool: string; subscription: string } {
  const clock = new HandClock(start)
  const model = new TolokaModel({ now: clock.now, personality })
  const pool = model.createPool()
  model.openPool(pool)
  const { json } = ask(model, 'PUT', '/webhook-subscriptions', {
    webhook_url: url,
    event_type: 'POOL_CLOSED',
    pool_id: pool,
    secret_key: secret,
  })
  const id = typeof json === 'object' && json !== null && 'id' in json ? String(json.id) : ''
  return { clock, model, pool, subscription: id }
}

/** A server that answers everything by this status and remembers what it was sent. */
async function startReceiver(status: number): Promise<{
  url: string
  got: { body: string; signature: string | undefined }[]
  close: () => void
}> {
  const got: { body: string; signature: string | undefined }[] = []
  const server = createServer((incoming, outgoing) => {
    let body = ''
    incoming.on('data', (chunk: Buffer) => (body += chunk.toString()))
    incoming.on('end', () => {
      got.push({ body, signature: incoming.headersDistinct['toloka-signature']?.[0] })
      outgoing.writeHead(status).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const port = portOf(server.address())
  const close = (): void => {
    server.close()
    server.closeAllConnections()
  }
  return { url: `http://127.0.0.1:${port}/hook`, got, close }
}

function portOf(address: AddressInfo | string | null): number {
  return typeof address === 'object' && address !== null ? address.port : 0
}

test('the signature is that of the documented example', () => {
  const body = JSON.stringify({
    events: [
      {
        event_time: '2000-01-01T12:00:00',
        project_id: 'project-1',
        pool_id: 'pool-1',
        uuid: '00000000-0000-0000-0000-000000000000',
        task_suite_id: 'task-suite-1',
        assignment_id: 'assignment-1',
        webhook_subscription_id: 'subscription-1',
        type: 'ASSIGNMENT_APPROVED',
      },
    ],
  })
  expect(body).toHaveLength(273)
  expect(signDelivery('12345', body, 946_728_000_000)).toBe(
    '{v=1, ts=946728000000, sign=609af3eefd4c12b6afad30ab456efcd21fe82f4247d3340151a3ca0c97a6cbcb}',
  )
})

describe('a closed pool', () => {
  test('sends a signed event', () => {
    const { model, pool, clock, subscription } = arrange()
    model.closePool(pool, 'EXPIRED')
    expect(model.nextEventAt()).toBe(clock.at)
    const [delivery, ...others] = model.takeDueDeliveries()
    expect(others).toEqual([])
    expect(JSON.parse(delivery?.body ?? '')).toEqual({
      events: [
        {
          uuid: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-/),
          event_time: '2026-03-10T08:00:00.250',
          project_id: '1500',
          pool_id: pool,
          close_reason: 'EXPIRED',
          webhook_subscription_id: subscription,
          type: 'POOL_CLOSED',
        },
      ],
    })
    expect(delivery?.headers).toEqual({
      'Content-Type': 'application/json',
      'Toloka-Signature': signDelivery(secret, delivery?.body ?? '', clock.at),
    })
    expect(model.takeDueDeliveries()).toEqual([])
  })

  test.each([
    ['sent', 1],
    ['not-sent', 0],
  ] as const)('for an update: %s', (closedForUpdateWebhook, count) => {
    const { model, pool } = arrange({ closedForUpdateWebhook })
    model.closeForUpdate(pool)
    expect(model.takeDueDeliveries()).toHaveLength(count)
  })

  test('sends nothing about another pool, nor after the subscription is deleted', () => {
    const { model, pool, subscription } = arrange()
    const other = model.createPool()
    model.openPool(other)
    model.closePool(other)
    expect(ask(model, 'DELETE', `/webhook-subscriptions/${subscription}`).status).toBe(204)
    model.closePool(pool)
    expect(model.takeDueDeliveries()).toEqual([])
  })
})

describe('forms of a delivery', () => {
  test('bare event', () => {
    const { model, pool } = arrange({ eventBody: 'bare' })
    model.closePool(pool)
    expect(JSON.parse(model.takeDueDeliveries()[0]?.body ?? '')).toMatchObject({ pool_id: pool })
  })

  test.each(['indented-signed-compact', 'indented-signed-as-sent'] as const)(
    'body is %s',
    (webhookBody) => {
      const { model, pool, clock } = arrange({ webhookBody })
      model.closePool(pool)
      const { body = '', headers } = model.takeDueDeliveries()[0] ?? {}
      const parsed: unknown = JSON.parse(body)
      expect(body).toBe(JSON.stringify(parsed, null, 2))
      const signed = webhookBody === 'indented-signed-as-sent' ? body : JSON.stringify(parsed)
      expect(headers).toMatchObject({ 'Toloka-Signature': signDelivery(secret, signed, clock.at) })
    },
  )

  test.each([
    ['no-braces', /^v=1, ts=\d{13}, sign=[0-9a-f]{64}$/],
    ['other-order', /^\{sign=[0-9a-f]{64}, ts=\d{13}, v=1\}$/],
  ] as const)('signature in the form %s', (signatureForm, pattern) => {
    const { model, pool } = arrange({ signatureForm })
    model.closePool(pool)
    const [delivery] = model.takeDueDeliveries()
    expect(delivery?.headers['Toloka-Signature']).toMatch(pattern)
  })

  test('leading zeros of the signature get lost', () => {
    const bodies = Array.from({ length: 200 }, (_, index) => `{"number":${index}}`)
    const zero = bodies.find((body) => signDelivery(secret, body, 1).includes('sign=0')) ?? ''
    const full = /sign=([0-9a-f]+)/.exec(signDelivery(secret, zero, 1))?.[1] ?? ''
    expect(signDelivery(secret, zero, 1, { leadingZeros: 'lost' })).toBe(
      `{v=1, ts=1, sign=${full.replace(/^0+/, '')}}`,
    )
    expect(full).toHaveLength(64)
  })
})

describe('scripts', () => {
  test('lost, doubled, late', () => {
    const { model, pool, clock } = arrange()
    const closeAgain = (): number => {
      model.openPool(pool)
      model.closePool(pool)
      return model.takeDueDeliveries().length
    }
    model.scriptDelivery(pool, 'lost')
    model.scriptDelivery(null, 'doubled')
    model.scriptDelivery('999', 'lost')
    model.scriptDelivery(pool, { lateMs: 5000 })
    expect([closeAgain(), closeAgain(), closeAgain(), closeAgain()]).toEqual([0, 2, 0, 1])
    expect(model.nextEventAt()).toBe(clock.at + 5000)
    clock.pass(5000)
    expect(model.takeDueDeliveries()).toHaveLength(1)
  })
})

describe('over HTTP', () => {
  test('delivers and records the answer', async () => {
    const receiver = await startReceiver(202)
    const { model, pool, clock } = arrange({}, receiver.url)
    model.closePool(pool)
    expect(await deliverWebhooks(model)).toBe(1)
    receiver.close()
    const [{ body, signature } = { body: '', signature: '' }] = receiver.got
    expect(signature).toBe(signDelivery(secret, body, clock.at))
    expect(model.deliveries).toMatchObject([{ status: 202, at: clock.at }])
  })

  test.each([
    ['never', 500, 1],
    ['three-times', 500, 4],
    ['three-times', 200, 1],
  ] as const)('repeats: %s, after %s', async (redelivery, status, count) => {
    const receiver = await startReceiver(status)
    const { model, pool, clock } = arrange({ redelivery }, receiver.url)
    model.closePool(pool)
    for (let at = model.nextEventAt(); at !== null; at = model.nextEventAt()) {
      clock.at = at
      await deliverWebhooks(model)
    }
    receiver.close()
    expect(model.deliveries.map((one) => one.status)).toEqual(Array(count).fill(status))
    expect(new Set(receiver.got.map((one) => one.body)).size).toBe(1)
  })

  test('records that nobody answered', async () => {
    const { model, pool } = arrange()
    model.closePool(pool)
    await deliverWebhooks(model)
    expect(model.deliveries).toMatchObject([{ status: null }])
  })

  test.each([
    ['wrapped', 201, 204, { success: true, originalStatusCode: 204 }],
    ['bare', 200, 500, { success: false, originalStatusCode: 500, errorType: 'WRONG_STATUS_CODE' }],
  ] as const)('%s test event', async (testEvent, testNotificationStatus, status, result) => {
    const receiver = await startReceiver(status)
    const arranged = arrange({ testEvent, testNotificationStatus }, receiver.url)
    const { model, pool, subscription } = arranged
    const fake = await startFakeToloka(model)
    const url = `${fake.url}/api/v1/webhook-subscriptions/${subscription}/test`
    const headers = { Authorization: model.authorization }
    const response = await fetch(url, { method: 'POST', headers })
    const json: unknown = await response.json()
    await fake.close()
    receiver.close()
    expect(response.status).toBe(testNotificationStatus)
    expect(json).toMatchObject(result)
    const sent: unknown = JSON.parse(receiver.got[0]?.body ?? '')
    const event = { type: 'TEST_EVENT', pool_id: pool }
    expect(sent).toMatchObject(testEvent === 'bare' ? event : { events: [event] })
    expect(JSON.stringify(sent)).not.toContain('webhook_subscription_id')
  })
})
