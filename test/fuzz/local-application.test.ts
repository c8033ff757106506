import { doesNotMatch, match, strictEqual } from 'node:assert/strict'
import { afterAll, beforeAll } from '@jest/globals'
import { asyncProperty, constantFrom, nat, oneof, record, string, tuple } from 'fast-check'
import { createApp } from '../../functions/local/app.ts'
import { workOff } from '../../functions/local/work-off.ts'
import { addFinishedPool, beginsAt, type Box } from '../local/box.ts'
import { deliver, someDraft } from './arbitrary-deliveries.ts'
import { openCanaryBox, takeWoken } from './canary-box.ts'
import { expectNoCanary } from './canary.ts'
import { judgeDelivery, Statuses } from './delivery-judge.ts'
import { fuzz } from './fuzz.ts'

let box: Box
let app: ReturnType<typeof createApp>

beforeAll(async () => {
  box = await openCanaryBox()
  for (const poolId of ['<b>17</b>', 'Cats "&" dogs'].map((name) =>
    addFinishedPool(box.model, name),
  )) {
    await box.archiver.queue.request({ version: 1, poolId, cause: 'hint', dueAt: beginsAt })
  }
  addFinishedPool(box.model, 'Never seen')
  await workOff(box.archiver)
  await takeWoken(box)
  app = createApp(box.archiver)
})

afterAll(() => box.close())

const statuses = new Statuses()

fuzz(
  'deliveries to the local application',
  () =>
    asyncProperty(someDraft, async (draft) => {
      const delivery = deliver(draft, beginsAt)
      const { contentType, signature, body } = delivery
      const headers = new Headers()
      if (contentType !== null) headers.set('Content-Type', contentType)
      if (signature !== null) headers.set('Toloka-Signature', signature)
      const request = new Request('http://127.0.0.1:8787/webhooks/toloka', {
        method: 'POST',
        headers,
        body: Buffer.from(body),
      })
      const before = box.journal.entries.length
      const response = await app.fetch(request)
      statuses.count(response.status)

      judgeDelivery(delivery, beginsAt, {
        status: response.status,
        woken: await takeWoken(box),
        said: [await response.text(), [...response.headers], box.journal.entries.slice(before)],
      })
    }),
  () => statuses.expectOnly(200, 400, 401, 413, 415),
)

const somePart = oneof(
  constantFrom('pools', 'api', 'webhooks', 'toloka', 'healthz', 'explain', '', '.', '..'),
  constantFrom(
    '%00',
    '%',
    '%E0%A4%A',
    '%2e%2e',
    '%2F',
    '__proto__',
    '9'.repeat(40),
    'x'.repeat(3_000),
  ),
  nat(3).map((index) => box?.model.poolIds[index] ?? '17'),
  string({ unit: 'binary', maxLength: 12 }),
)
const somePath = oneof(
  { weight: 2, arbitrary: tuple(somePart, somePart, somePart).map((parts) => parts.join('/')) },
  { weight: 1, arbitrary: somePart.map((part) => `pools/${part}`) },
  { weight: 1, arbitrary: somePart.map((part) => `pools/${part}/explain`) },
  { weight: 1, arbitrary: somePart.map((part) => `api/pools/${part}`) },
  { weight: 2, arbitrary: constantFrom('', 'api/pools', 'healthz', 'webhooks/toloka') },
)
const someValue = oneof(
  constantFrom(
    'waiting',
    'archived',
    '1',
    '1000',
    '1001',
    '-1',
    '1e2',
    '0x10',
    'NaN',
    '',
    '%',
    '\u0000',
  ),
  string({ unit: 'binary', maxLength: 12 }),
)
const someQuery = oneof(
  constantFrom('', '?', '?&&=', '?limit', '?state=waiting&state=archived'),
  tuple(constantFrom('state', 'limit', 'after', '__proto__', 'x'), someValue).map(
    ([name, value]) => `?${name}=${value}`,
  ),
  tuple(someValue, someValue, someValue).map(
    ([state, limit, after]) => `?state=${state}&limit=${limit}&after=${after}`,
  ),
)
const someRequest = record({
  path: somePath,
  query: someQuery,
  method: oneof(
    { weight: 6, arbitrary: constantFrom('GET') },
    {
      weight: 1,
      arbitrary: constantFrom('HEAD', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'PURGE', 'get'),
    },
  ),
})
const seen = new Statuses()

fuzz(
  'requests to the local application',
  () =>
    asyncProperty(someRequest, async ({ path, query, method }) => {
      const before = box.journal.entries.length
      const address = `http://127.0.0.1:8787/${path}${query}`.toWellFormed()
      const response = await app.fetch(new Request(address, { method }))
      const text = await response.text()
      seen.count(response.status)

      if (response.status >= 500) {
        // Toloka, asked for an explanation, knows no such pool.
        strictEqual(response.status, 502)
        match(path, /explain$/)
      }
      const isPage = response.headers.get('content-type')?.includes('html')
      if (isPage) doesNotMatch(text, /<b>/)
      expectNoCanary(text, [...response.headers], box.journal.entries.slice(before))
    }),
  () => seen.expectOnly(200, 400, 404, 405, 502),
)
