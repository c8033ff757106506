import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { Person } from '../page/person.ts'
import { addFinishedPool, closedEvent, openBox, signedDelivery, type Box } from './box.ts'
import { anyRecord } from '../../functions/application/record-query.ts'

const paths = [
  '/',
  '/pools/17',
  '/pools/17/explain',
  '/pools/17/hold',
  '/pools/17/release',
  '/pools/17/archive-now',
  '/pause',
  '/resume',
  '/assets/style.css',
  '/api/pools',
  '/api/pools/17',
  '/healthz',
]
const changingMethods = ['POST', 'PUT', 'PATCH', 'DELETE']
const fromElsewhere = { Origin: 'https://elsewhere.example', 'Sec-Fetch-Site': 'cross-site' }

interface Sent {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** What a page of another site can make the browser of an operator send. */
describe('Another site', () => {
  let box: Box

  beforeEach(async () => {
    box = await openBox()
  })
  afterEach(() => box.close())

  const send = (path: string, { headers, ...init }: Sent): Promise<Response> =>
    fetch(box.server.url + path, { ...init, headers: { ...fromElsewhere, ...headers } })

  const expectNothingChanged = async (): Promise<void> => {
    const { records } = await box.archiver.store.list({ ...anyRecord, limit: 1_000 })
    expect(records).toEqual([])
    expect(await box.archiver.queue.nextDueAt()).toBeNull()
  }

  test.each(changingMethods)('finds no address that takes a %s', async (method) => {
    for (const path of paths) {
      const { status } = await send(path, { method, body: 'hold=17' })
      expect([path, status]).toEqual([path, 403])
    }
    await expectNothingChanged()
    expect(box.model.requests.total).toBe(0)
  })

  test('changes nothing by loading every page', async () => {
    const poolId = addFinishedPool(box.model)
    for (const path of paths) await send(path.replace('17', poolId), {})

    await expectNothingChanged()
    expect(box.model.archiveRequestsOf(poolId)).toEqual([])
  })

  test.each(paths)('may not read %s', async (path) => {
    const asked = await send(path, {
      method: 'OPTIONS',
      headers: { 'Access-Control-Request-Method': 'GET' },
    })
    const read = await send(path, {})

    for (const { headers } of [asked, read]) {
      expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
      expect(headers.get('cross-origin-resource-policy')).toBe('same-origin')
    }
  })

  test('may lead a person here by a link, but not make a browser ask Toloka', async () => {
    const poolId = addFinishedPool(box.model)
    const link = { 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'document' }
    const led = new Person(box.server.url, { ...fromElsewhere, ...link })
    expect((await led.get('/')).status).toBe(200)
    expect((await led.get(`/pools/${poolId}`)).status).toBe(404)

    const explain = await led.get(`/pools/${poolId}/explain`)
    expect([explain.status, explain.location]).toEqual([303, `/pools/${poolId}`])
    expect(box.model.requests.total).toBe(0)
  })

  test.each([
    ['a frame', { 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'iframe' }],
    ['a picture', { 'Sec-Fetch-Mode': 'no-cors', 'Sec-Fetch-Dest': 'image' }],
    ['a script', { 'Sec-Fetch-Mode': 'cors', 'Sec-Fetch-Dest': 'empty' }],
    ['another port of this machine', { 'Sec-Fetch-Site': 'same-site', 'Sec-Fetch-Mode': 'cors' }],
  ])('gets nothing by %s', async (_, headers) => {
    const made = new Person(box.server.url, { ...fromElsewhere, ...headers })
    for (const path of paths.filter((one) => one !== '/healthz')) {
      expect([path, (await made.get(path)).status]).toEqual([path, 403])
    }
    expect(box.model.requests.total).toBe(0)
  })

  test('cannot send a webhook by a form, not even a signed one', async () => {
    const { body, headers } = signedDelivery({ events: [closedEvent('17')] })
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data']) {
      const form = { method: 'POST', body, headers: { ...headers, 'Content-Type': type } }
      expect((await send('/webhooks/toloka', form)).status).toBe(415)
    }
    await expectNothingChanged()
  })
})
