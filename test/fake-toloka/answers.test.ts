import { describe, expect, test } from '@jest/globals'
import { archive, arrange, kinds } from './arranging.ts'
import { ask, itemsOf } from './asking.ts'
import { TolokaModel } from './model.ts'

const requester = (model: TolokaModel, authorization?: string) =>
  model.handle({
    method: 'GET',
    path: '/api/v1/requester',
    query: new URLSearchParams(),
    headers: authorization === undefined ? {} : { authorization },
  })

describe('access', () => {
  test.each([
    [401, 'AUTHENTICATION_ERROR'],
    [403, 'ACCESS_DENIED'],
  ] as const)('bad token: %s', (badToken, code) => {
    const { model } = arrange({ badToken })
    const bad = [undefined, 'ApiKey wrong', `OAuth ${model.token}`, model.token]
    for (const authorization of bad) {
      const { status, body = '' } = requester(model, authorization)
      expect([authorization, status]).toEqual([authorization, badToken])
      expect(JSON.parse(body)).toMatchObject({ code, request_id: expect.any(String) })
    }
    expect(requester(model, `ApiKey ${model.token}`).status).toBe(200)
  })

  test.each([
    ['a'.repeat(22) + '.b.c', 'ApiKey'],
    ['a'.repeat(24) + '.b.c', 'ApiKey'],
    ['a'.repeat(21) + '.b.c', 'OAuth'],
    ['a'.repeat(25) + '.b.c', 'OAuth'],
    ['a'.repeat(23) + '.b', 'OAuth'],
    ['a'.repeat(23) + '.b.c.d', 'OAuth'],
    ['AQAAAAA-token', 'OAuth'],
  ])('token %s needs the scheme %s', (token, scheme) => {
    const model = new TolokaModel({ now: () => 0, token })
    expect(requester(model, `${scheme} ${token}`).status).toBe(200)
  })

  test('a changed token, a blocked account, a pool that was given away', () => {
    const { model, pool } = arrange()
    const old = model.authorization
    model.changeToken('another')
    expect(requester(model, old).status).toBe(401)
    model.blockAccount(true)
    expect(requester(model, 'OAuth another').status).toBe(403)
    model.blockAccount(false)
    model.setAccess(pool, 'none')
    expect(ask(model, 'GET', `/pools/${pool}`).status).toBe(403)
    model.setAccess(pool, 'own')
    expect(ask(model, 'GET', `/pools/${pool}`).status).toBe(200)
  })

  test('a refused archive request is judged all the same', () => {
    const { model, pool } = arrange()
    model.blockAccount(true)
    expect(archive(model, pool).status).toBe(403)
    expect(kinds(model)).toEqual(['open'])
  })
})

describe('routes', () => {
  test('unknown ones, wrong methods, invented parameters, a wrong kind of body', () => {
    const { model, pool } = arrange()
    expect(ask(model, 'GET', '/skills')).toMatchObject({
      status: 404,
      json: { code: 'NOT_FOUND' },
    })
    expect(ask(model, 'GET', '/pools/1/2').status).toBe(404)
    expect(ask(model, 'DELETE', `/pools/${pool}`).status).toBe(405)
    expect(ask(model, 'GET', `/pools/${pool}?fields=id`).status).toBe(400)
    expect(ask(model, 'POST', `/pools/${pool}/archive?async_mode=true`).status).toBe(400)
    const put = { method: 'PUT', path: '/api/v1/webhook-subscriptions' }
    const headers = { Authorization: model.authorization, 'Content-Type': 'text/plain' }
    const query = new URLSearchParams()
    expect(model.handle({ ...put, headers, query, body: {} }).status).toBe(415)
    expect(model.requests.byRoute.get('unknown')).toBe(3)
    expect(model.requests.total).toBe(6)
  })
})

describe('quotas', () => {
  test.each([
    ['absent', undefined],
    ['seconds', '3600'],
    ['date', 'Tue, 10 Mar 2026 09:01:00 GMT'],
  ] as const)('Retry-After: %s', (retryAfter, shown) => {
    const { model, pool } = arrange({ retryAfter })
    model.scriptQuota({ method: 'POST', path: /archive$/, interval: 'HOUR' })
    expect(ask(model, 'GET', `/pools/${pool}`).status).toBe(200)
    const answer = archive(model, pool)
    expect(answer).toMatchObject({
      status: 429,
      json: { code: 'TOO_MANY_REQUESTS', payload: { interval: 'HOUR' } },
    })
    expect(answer.headers['Retry-After']).toBe(shown)
    expect(archive(model, pool).status).toBe(409)
  })

  test('until an instant, without an interval', () => {
    const { model, pool, clock } = arrange({ quotaInterval: 'absent' })
    model.scriptQuota({ interval: 'MIN', untilAt: clock.at + 1000 })
    for (let count = 0; count < 3; count++) {
      const answer = ask(model, 'GET', `/pools/${pool}`)
      expect(answer.status).toBe(429)
      expect(answer.json).not.toHaveProperty('payload')
    }
    clock.pass(1000)
    expect(ask(model, 'GET', `/pools/${pool}`).status).toBe(200)
  })

  test('more than 300 requests in a second', () => {
    const { model, pool, clock } = arrange()
    const get = () => ask(model, 'GET', `/pools/${pool}`).status
    const statuses = Array.from({ length: 301 }, get)
    expect(statuses.slice(0, 300).every((status) => status === 200)).toBe(true)
    expect(statuses[300]).toBe(429)
    clock.pass(1000)
    expect(get()).toBe(200)
    expect(model.requests.peakPerSecond).toBe(301)
  })
})

describe('the Date header', () => {
  test.each([
    [0, 'Tue, 10 Mar 2026 08:01:00 GMT'],
    [-3_600_000, 'Tue, 10 Mar 2026 07:01:00 GMT'],
    [3_600_000, 'Tue, 10 Mar 2026 09:01:00 GMT'],
  ])('is ahead by %s ms', (dateHeaderSkewMs, shown) => {
    const { model } = arrange({ dateHeaderSkewMs })
    expect(ask(model, 'GET', '/requester').headers['Date']).toBe(shown)
  })

  test('is absent', () => {
    const { model } = arrange({ dateHeader: 'absent' })
    expect(ask(model, 'GET', '/requester').headers).not.toHaveProperty('Date')
  })
})

describe('webhook subscriptions', () => {
  const url = 'https://archiver.example.com/webhooks/toloka'

  test('created, updated, read, listed, deleted; the secret is never shown', () => {
    const { model, pool } = arrange()
    const body = { webhook_url: url, event_type: 'POOL_CLOSED', pool_id: pool, secret_key: 's' }
    const created = ask(model, 'PUT', '/webhook-subscriptions', body)
    expect(created.status).toBe(201)
    expect(created.json).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{24}$/),
      webhook_url: url,
      event_type: 'POOL_CLOSED',
      pool_id: pool,
      created: '2026-03-10T08:01:00.000',
    })
    expect(ask(model, 'PUT', '/webhook-subscriptions', body)).toMatchObject({
      status: 200,
      json: created.json,
    })
    const list = ask(model, 'GET', `/webhook-subscriptions?pool_id=${pool}&event_type=POOL_CLOSED`)
    expect(itemsOf(list)).toEqual([created.json])
    expect(itemsOf(ask(model, 'GET', '/webhook-subscriptions?pool_id=1'))).toEqual([])
    const path = `/webhook-subscriptions/${String(itemsOf(list)[0]?.['id'])}`
    expect(ask(model, 'GET', path).json).toEqual(created.json)
    expect(ask(model, 'DELETE', path).status).toBe(204)
    expect(ask(model, 'DELETE', path).status).toBe(404)
    expect(ask(model, 'GET', path).status).toBe(404)
  })

  test.each([200, 201] as const)(
    'an array succeeds in part, with %s',
    (subscriptionArrayStatus) => {
      const { model, pool } = arrange({ subscriptionArrayStatus })
      const good = { webhook_url: url, event_type: 'POOL_CLOSED', pool_id: pool }
      const wrong = { webhook_url: 'nowhere', event_type: 'POOL_OPENED', pool_id: '1', extra: 1 }
      expect(ask(model, 'PUT', '/webhook-subscriptions', [good, wrong, {}])).toMatchObject({
        status: subscriptionArrayStatus,
        json: {
          items: { 0: { pool_id: pool } },
          validation_errors: {
            1: {
              webhook_url: { code: 'INVALID_URL_SYNTAX' },
              event_type: { code: 'UNKNOWN_ENUM_VALUE' },
              pool_id: { code: 'ENTITY_DOES_NOT_EXIST' },
              extra: { code: 'VALUE_NOT_ALLOWED' },
            },
            2: { pool_id: { code: 'VALUE_REQUIRED' } },
          },
        },
      })
      expect(ask(model, 'PUT', '/webhook-subscriptions', [wrong])).toMatchObject({
        status: 400,
        json: { code: 'VALIDATION_ERROR' },
      })
      expect(ask(model, 'PUT', '/webhook-subscriptions', wrong).status).toBe(400)
    },
  )
})
