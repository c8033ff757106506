import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { HandClock } from './asking.ts'
import type { Fault } from './faults.ts'
import { TolokaModel } from './model.ts'
import { startFakeToloka } from './server.ts'
import type { FakeToloka } from './server.ts'

let clock: HandClock
let model: TolokaModel
let fake: FakeToloka
let pool: string

beforeEach(async () => {
  clock = new HandClock('2026-03-10T08:00:00Z')
  model = new TolokaModel({ now: clock.now })
  pool = model.createPool()
  model.openPool(pool)
  model.closePool(pool)
  fake = await startFakeToloka(model)
})

afterEach(() => fake.close())

function send(method: string, path: string, init: RequestInit = {}): Promise<Response> {
  return fetch(`${fake.url}/api/v1${path}`, {
    method,
    headers: { Authorization: model.authorization },
    redirect: 'manual',
    ...init,
  })
}

const archive = (init?: RequestInit) => send('POST', `/pools/${pool}/archive`, init)

describe('plain answers', () => {
  test('JSON with the Date of the model, and the bytes counted', async () => {
    const response = await send('GET', `/pools/${pool}`)
    const text = await response.text()
    expect(response.status).toBe(200)
    expect(response.headers.get('date')).toBe('Tue, 10 Mar 2026 08:00:00 GMT')
    expect(response.headers.get('content-type')).toMatch('application/json')
    expect(JSON.parse(text)).toMatchObject({ id: pool, status: 'CLOSED' })
    expect(model.requests.bytesSent).toBe(Buffer.byteLength(text))
    expect(model.requests.byRoute).toEqual(new Map([['GET /pools/{id}', 1]]))
  })

  test('204 has no body', async () => {
    await archive()
    const response = await archive()
    expect(response.status).toBe(204)
    expect(await response.text()).toBe('')
  })

  test('a body that is not JSON is refused', async () => {
    const response = await send('PUT', '/webhook-subscriptions', {
      headers: { Authorization: model.authorization, 'Content-Type': 'application/json' },
      body: '{"webhook_url":',
    })
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ code: 'VALIDATION_ERROR' })
  })

  test('no Date header if the personality has none', async () => {
    const other = await startFakeToloka(
      new TolokaModel({ now: clock.now, personality: { dateHeader: 'absent' } }),
    )
    const response = await fetch(`${other.url}/api/v1/requester`)
    await other.close()
    expect(response.headers.has('date')).toBe(false)
  })
})

describe('faults without an effect', () => {
  test.each([500, 502, 503, 504, 408] as const)('status %s with JSON', async (status) => {
    fake.faults.next({ method: 'POST' }, { kind: 'status', status })
    const response = await archive()
    expect(response.status).toBe(status)
    expect(await response.json()).toMatchObject({ code: expect.stringMatching(/^[A-Z_]+$/) })
    expect(model.archivedAt(pool)).toBeNull()
    expect(model.archiveRequestsOf(pool)).toMatchObject([{ status: null }])
    expect((await archive()).status).toBe(202)
  })

  test.each([
    ['html', /^<html>/],
    ['empty', /^$/],
  ] as const)('status 502 with %s', async (body, pattern) => {
    fake.faults.next({}, { kind: 'status', status: 502, body })
    const response = await archive()
    expect(response.status).toBe(502)
    expect(await response.text()).toMatch(pattern)
  })

  test('429 with an interval and Retry-After', async () => {
    fake.faults.next({}, { kind: 'quota', interval: 'HOUR', retryAfter: '7' })
    const response = await archive()
    expect(response.status).toBe(429)
    expect(response.headers.get('retry-after')).toBe('7')
    expect(await response.json()).toMatchObject({ payload: { interval: 'HOUR' } })
  })

  test('redirect', async () => {
    fake.faults.next({}, { kind: 'redirect', location: 'https://elsewhere.invalid/' })
    const response = await archive()
    expect(response.status).toBe(302)
    expect(response.headers.get('location')).toBe('https://elsewhere.invalid/')
    expect(model.archivedAt(pool)).toBeNull()
  })

  test('cut', async () => {
    fake.faults.next({ path: /archive$/ }, { kind: 'cut' })
    await expect(archive()).rejects.toThrow('fetch failed')
    expect(model.archivedAt(pool)).toBeNull()
    expect(model.archiveRequestsOf(pool)).toHaveLength(1)
  })

  test('hang, until the server closes', async () => {
    fake.faults.next({}, { kind: 'hang' })
    const hanging = archive().catch((error: unknown) => error)
    await expect(archive({ signal: AbortSignal.timeout(50) })).resolves.toBeDefined()
    await fake.close()
    expect(await hanging).toMatchObject({ message: 'fetch failed' })
  })
})

describe('faults that are aimed', () => {
  test('a refusal of any status', async () => {
    fake.faults.next({}, { kind: 'refusal', status: 418, code: 'TEAPOT' })
    const response = await archive()
    expect(response.status).toBe(418)
    expect(await response.json()).toMatchObject({ code: 'TEAPOT' })
    expect(model.statusOf(pool)).toBe('CLOSED')
  })

  test('an edited answer, and only where the query has the parameter', async () => {
    fake.faults.next({ parameter: 'sort' }, { kind: 'edited', edit: () => ({ items: null }) })
    const plain = await send('GET', `/assignments?pool_id=${pool}`)
    const sorted = await send('GET', `/assignments?pool_id=${pool}&sort=id`)
    expect(await plain.json()).toEqual({ items: [], has_more: false })
    expect(await sorted.json()).toEqual({ items: null })
  })
})

describe('faults with an effect', () => {
  const lost: readonly Fault[] = [{ kind: 'effect-then-cut' }, { kind: 'cut-mid-body' }]
  test.each(lost)('$kind', async (fault) => {
    fake.faults.next({ path: 'archive' }, fault)
    await expect(archive().then((response) => response.text())).rejects.toThrow(
      /fetch failed|terminated/,
    )
    expect(model.archivedAt(pool)).toBe(clock.at)
    expect((await archive()).status).toBe(204)
  })

  test('effect-then-hang', async () => {
    fake.faults.next({}, { kind: 'effect-then-hang' })
    await expect(archive({ signal: AbortSignal.timeout(50) })).rejects.toThrow('timeout')
    expect(model.archivedAt(pool)).toBe(clock.at)
  })

  test.each([{ kind: 'truncated' }, { kind: 'not-json' }] as const)('$kind', async (fault) => {
    fake.faults.next({}, fault)
    const response = await archive()
    expect(response.status).toBe(202)
    await expect(response.json()).rejects.toThrow('JSON')
    expect(model.archivedAt(pool)).toBe(clock.at)
  })
})

describe('which requests a fault meets', () => {
  test('only those that fit, only as often as told, and none after clear', async () => {
    fake.faults.next({ method: 'POST', times: 2 }, { kind: 'status', status: 500 })
    const statuses: number[] = []
    for (const method of ['GET', 'POST', 'POST', 'GET']) {
      const path = method === 'GET' ? `/pools/${pool}` : `/pools/${pool}/archive`
      statuses.push((await send(method, path)).status)
    }
    expect(statuses).toEqual([200, 500, 500, 200])
    fake.faults.next({ times: Infinity }, { kind: 'status', status: 500 })
    expect((await archive()).status).toBe(500)
    fake.faults.clear()
    expect((await archive()).status).toBe(202)
  })
})
