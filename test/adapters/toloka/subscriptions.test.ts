import { inspect } from 'node:util'
import { describe, expect, test } from '@jest/globals'
import type { WantedSubscription } from '../../../functions/application/subscription-ports.ts'
import { failureOf, startScripted } from './scripted-server.ts'

const secretKey = 'a-"secret"-that-nobody-may-ever-see'
const eventType = 'POOL_CLOSED'
const webhookUrl = 'https://example.com/webhooks/toloka'

function wanted(poolId: string): WantedSubscription {
  return { poolId, eventType, webhookUrl, secretKey }
}
function stored(poolId: string, id = `s-${poolId}`): object {
  return { id, pool_id: poolId, event_type: eventType, webhook_url: webhookUrl }
}
function read(poolId: string) {
  return { id: `s-${poolId}`, poolId, eventType, webhookUrl, createdAt: null }
}
const blank = { pool_id: { code: 'VALUE_REQUIRED', message: 'Say which.' }, url: { code: 'ODD' } }

describe('putting subscriptions', () => {
  test('some may be taken and others not', async () => {
    const body = {
      items: { 0: { ...stored('1'), created: '2026-11-24T10:00:00Z' } },
      validation_errors: { 1: blank },
    }
    const toloka = await startScripted([{ status: 201, body }])
    const outcomes = await toloka.client.put([wanted('1'), wanted('2'), wanted('3')])
    const createdAt = Date.parse('2026-11-24T10:00:00Z')
    expect(outcomes).toEqual([
      { poolId: '1', subscription: { ...read('1'), createdAt }, problem: null },
      { poolId: '2', subscription: null, problem: 'pool_id: VALUE_REQUIRED Say which.; url: ODD' },
      { poolId: '3', subscription: null, problem: 'not taken, and no reason given' },
    ])
    expect(toloka.calls()).toEqual(['PUT /api/v1/webhook-subscriptions'])
    expect(toloka.requests[0]?.headers['content-type']).toBe('application/json')
    expect(JSON.parse(toloka.requests[0]?.body ?? '')).toEqual(
      ['1', '2', '3'].map((poolId) => ({
        webhook_url: webhookUrl,
        event_type: eventType,
        pool_id: poolId,
        secret_key: secretKey,
      })),
    )
  })

  test('goes in batches of a hundred', async () => {
    const answers = [100, 100, 50].map((size) => ({
      body: { items: Object.fromEntries(Array.from({ length: size }, (_, i) => [i, stored('1')])) },
    }))
    const toloka = await startScripted(answers)
    const outcomes = await toloka.client.put(Array.from({ length: 250 }, () => wanted('1')))
    expect(outcomes.filter(({ subscription }) => subscription?.id === 's-1')).toHaveLength(250)
    expect(toloka.requests).toHaveLength(3)
  })

  test('nothing to put is no request', async () => {
    const toloka = await startScripted([])
    expect(await toloka.client.put([])).toEqual([])
    expect(toloka.requests).toEqual([])
  })

  test('if Toloka takes none of them, each hears why', async () => {
    const body = { code: 'VALIDATION_ERROR', message: 'No.', payload: { 0: blank } }
    const toloka = await startScripted([{ status: 400, body }])
    const outcomes = await toloka.client.put([wanted('1'), wanted('2')])
    expect(outcomes.map(({ problem }) => problem)).toEqual([
      'pool_id: VALUE_REQUIRED Say which.; url: ODD',
      'not taken, and no reason given',
    ])
  })

  test.each([{}, { payload: {} }, { payload: { url: { code: 'ODD' } } }, { payload: { 0: 'no' } }])(
    'a refusal without reasons for each is a failure: %j',
    async (body) => {
      const toloka = await startScripted([{ status: 400, body }])
      await expect(toloka.client.put([wanted('1')])).rejects.toMatchObject({
        answerClass: 'this-pool',
        problem: { call: 'PUT /webhook-subscriptions', status: 400 },
      })
    },
  )

  test('what was taken and makes no sense is a failure', async () => {
    const toloka = await startScripted([{ body: { items: { 0: { id: 's' } } } }])
    const outcome = toloka.client.put([wanted('1')])
    await expect(outcome).rejects.toThrow('field items.0.pool_id: expected an id')
  })

  test('the secret is never shown, even if Toloka quotes it', async () => {
    const quoted = { secret_key: { code: 'ODD', message: `${secretKey} is odd` } }
    const toloka = await startScripted([
      { status: 400, body: { payload: { 0: quoted } } },
      { status: 422, body: { message: secretKey, payload: quoted } },
    ])
    const outcomes = await toloka.client.put([wanted('1')])
    expect(outcomes[0]?.problem).toBe('secret_key: ODD [secret] is odd')
    const error = await failureOf(toloka.client.put([wanted('1')]))
    expect(inspect(error, { depth: Infinity })).not.toContain('nobody-may-ever-see')
  })
})

test('a secret of a few characters garbles no answer', async () => {
  const toloka = await startScripted([{ body: { items: { 0: stored('1') } } }])
  const [outcome] = await toloka.client.put([{ ...wanted('1'), secretKey: '1' }])
  expect(outcome?.subscription).toEqual(read('1'))
})

describe('the list of subscriptions', () => {
  test('is read to its end', async () => {
    const toloka = await startScripted([
      { body: { items: [stored('1'), stored('2')], has_more: true } },
      { body: { items: [stored('3')], has_more: false } },
    ])
    expect(await toloka.client.list(eventType)).toEqual([read('1'), read('2'), read('3')])
    const call = 'GET /api/v1/webhook-subscriptions?event_type=POOL_CLOSED&sort=id&limit=300'
    expect(toloka.calls()).toEqual([call, `${call}&id_gt=s-2`])
  })

  test('one that makes no sense is not passed over', async () => {
    const toloka = await startScripted([{ body: { items: [{ id: '1' }], has_more: false } }])
    const list = toloka.client.list(eventType)
    await expect(list).rejects.toThrow('field items.0.pool_id: expected an id')
  })
})

describe('removing a subscription', () => {
  test.each([204, 200, 404])('is done when Toloka answers %i', async (status) => {
    const toloka = await startScripted([{ status }])
    await toloka.client.remove('s-1')
    expect(toloka.calls()).toEqual(['DELETE /api/v1/webhook-subscriptions/s-1'])
  })

  test('is not done otherwise', async () => {
    const toloka = await startScripted([{ status: 403 }])
    await expect(toloka.client.remove('s-1')).rejects.toMatchObject({ answerClass: 'forbidden' })
  })
})

describe('testing a subscription', () => {
  test.each([
    [
      { success: true, errorType: null },
      { success: true, errorType: null, receivedStatus: null },
    ],
    [
      { success: false, errorType: 'WRONG_STATUS_CODE', originalStatusCode: 401 },
      { success: false, errorType: 'WRONG_STATUS_CODE', receivedStatus: 401 },
    ],
    [{ success: false }, { success: false, errorType: null, receivedStatus: null }],
  ])('%j', async (body, outcome) => {
    const toloka = await startScripted([{ status: 201, body }])
    expect(await toloka.client.test('s-1')).toEqual(outcome)
    expect(toloka.calls()).toEqual(['POST /api/v1/webhook-subscriptions/s-1/test'])
  })
})
