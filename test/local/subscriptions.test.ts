import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { Hono } from 'hono'
import { markSecret } from '../../functions/adapters/toloka/secret-mark.ts'
import { listen, type RunningServer } from '../../functions/page/http-server.ts'
import { workOff } from '../../functions/local/work-off.ts'
import { deliverWebhooks } from '../fake-toloka/deliver-webhooks.ts'
import { beginsAt, openBox, webhookSecret, type Box } from './box.ts'

const path = '/webhooks/toloka'
const hourMs = 3_600_000

/** What stands before the archiver under its public address, and passes everything on. */
let proxy: RunningServer
let box: Box
/** Paths with their queries, as they came in. */
let passedOn: string[]

beforeEach(async () => {
  passedOn = []
  const app = new Hono()
  app.all('*', async ({ req }) => {
    const { pathname, search } = new URL(req.url)
    passedOn.push(pathname + search)
    const { method, headers } = req.raw
    const body = await req.arrayBuffer()
    return fetch(box.server.url + pathname + search, { method, headers, body })
  })
  proxy = await listen(app, '127.0.0.1', 0)
  box = await openBox({ WEBHOOK_URL: proxy.url + path })
})

afterEach(async () => {
  await box.close()
  await proxy.close()
})

function openPool(): string {
  const poolId = box.model.createPool({}, { status: 'OPEN', lastStartedAt: beginsAt - hourMs })
  box.model.addManyAssignments(poolId, 10, beginsAt - hourMs)
  return poolId
}

describe('With WEBHOOK_URL', () => {
  test('an open pool is covered by the sweep, and its close comes in by the webhook', async () => {
    const poolId = openPool()
    await box.archiver.sweep()
    expect(box.journal.entries.at(-1)).toEqual({
      code: 'SUBSCRIPTIONS_KEPT',
      fields: { covered: 0, put: 1, refused: 0, removed: 0 },
    })

    box.model.closePool(poolId)
    expect(await deliverWebhooks(box.model)).toBe(1)
    expect(passedOn).toEqual([`${path}?secret-version=${markSecret(webhookSecret)}`])
    expect(box.model.deliveries.map(({ status }) => status)).toEqual([200])
    await workOff(box.archiver)
    expect(box.model.statusOf(poolId)).toBe('ARCHIVED')

    await box.archiver.sweep()
    expect(box.journal.entries.at(-1)).toEqual({
      code: 'SUBSCRIPTIONS_KEPT',
      fields: { covered: 0, put: 0, refused: 0, removed: 1 },
    })
    expect(await box.archiver.subscriptions?.review()).toMatchObject({ pools: [], toRemove: [] })
  })

  test('a test event arrives, by the address that the sweep has put', async () => {
    const poolId = openPool()
    await box.archiver.sweep()
    expect(await box.archiver.subscriptions?.test(poolId)).toEqual({
      arrived: true,
      explanation: 'Toloka sent a test event, and the webhook took it.',
    })
    expect(passedOn).toHaveLength(1)
  })

  test('a test event that nobody takes is explained', async () => {
    const poolId = openPool()
    await box.archiver.sweep()
    await proxy.close()
    expect(await box.archiver.subscriptions?.test(poolId)).toEqual({
      arrived: false,
      explanation: expect.stringContaining('Can WEBHOOK_URL be reached from the internet'),
    })
  })

  test('a sweep ends well although Toloka allows no subscriptions', async () => {
    openPool()
    const refusal = { kind: 'refusal', status: 403, code: 'ACCESS_DENIED' } as const
    box.fake.faults.next({ path: '/webhook-subscriptions' }, refusal)
    expect((await box.archiver.sweep()).outcome).toBe('finished')
    expect(box.journal.codes().at(-1)).toBe('SUBSCRIPTIONS_FORBIDDEN')
  })

  test('a sweep that stopped half-way asks for no subscriptions', async () => {
    openPool()
    box.fake.faults.next({ path: '/pools', times: 4 }, { kind: 'cut' })
    expect((await box.archiver.sweep()).outcome).toBe('stopped')
    expect(box.model.requests.byRoute.has('GET /webhook-subscriptions')).toBe(false)
  })
})

test('Without WEBHOOK_URL Toloka is asked nothing about subscriptions, or about open pools', async () => {
  const plain = await openBox()
  plain.model.createPool({}, { status: 'OPEN', lastStartedAt: beginsAt })
  await plain.archiver.sweep()
  expect(plain.archiver.subscriptions).toBeNull()
  expect(Object.fromEntries(plain.model.requests.byRoute)).toEqual({
    'GET /requester': 1,
    'GET /pools': 1,
  })
  await plain.close()
})
