import { ok, strictEqual } from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { afterAll, beforeAll } from '@jest/globals'
import {
  array,
  asyncProperty,
  constantFrom,
  nat,
  oneof,
  record,
  tuple,
  uint8Array,
  type Arbitrary,
} from 'fast-check'
import { beginsAt, type Box } from '../local/box.ts'
import { deliver, someDraft } from './arbitrary-deliveries.ts'
import { openCanaryBox, takeWoken } from './canary-box.ts'
import { expectNoCanary } from './canary.ts'
import { judgeDelivery, Statuses } from './delivery-judge.ts'
import { fuzz } from './fuzz.ts'

let box: Box

beforeAll(async () => {
  box = await openCanaryBox()
})

afterAll(() => box.close())

const statuses = new Statuses()

fuzz(
  'deliveries over a socket',
  () =>
    asyncProperty(someDraft, async (draft) => {
      const delivery = deliver(draft, beginsAt)
      const { contentType, signature, body } = delivery
      const before = box.journal.entries.length
      const response = await fetch(`${box.server.url}/webhooks/toloka`, {
        method: 'POST',
        headers: {
          ...(contentType === null ? {} : { 'Content-Type': contentType }),
          ...(signature === null ? {} : { 'Toloka-Signature': signature }),
        },
        body: Buffer.from(body),
      })
      statuses.count(response.status)

      judgeDelivery(delivery, beginsAt, {
        status: response.status,
        woken: await takeWoken(box),
        said: [await response.text(), [...response.headers], box.journal.entries.slice(before)],
      })
    }),
  () => statuses.expectOnly(200, 400, 401, 413, 415),
)

const lines = [
  'Host: archiver',
  'Host: [',
  'Host: a b',
  'Content-Type: application/json',
  'Content-Length: 2',
  'Content-Length: -1',
  'Content-Length: 99999999999999999999',
  'Transfer-Encoding: chunked',
  'Transfer-Encoding: gzip, identity',
  'Toloka-Signature: {v=1, ts=1, sign=1}',
  'Connection: Upgrade',
  'Upgrade: websocket',
  'Expect: 100-continue',
  'Expect: the worst',
  `X: ${'x'.repeat(20_000)}`,
  'Cookie: \u00ff\u0000',
  ': nothing',
  ' folded',
]
const someTarget = constantFrom(
  '/webhooks/toloka',
  '/',
  '*',
  'http://[/',
  'http://elsewhere:99999/pools/17',
  '//',
  '/pools/%',
  '/pools/\u00e9',
  'archiver:443',
  '',
)
const someText = record({
  method: constantFrom('POST', 'GET', 'TRACE', 'CONNECT', 'OPTIONS', 'M-SEARCH', 'BREW', ''),
  target: someTarget,
  version: constantFrom('HTTP/1.1', 'HTTP/1.0', 'HTTP/3.7', ''),
  headers: array(constantFrom(...lines), { maxLength: 5 }),
  body: constantFrom('', '{}', '2\r\n{}\r\n0\r\n\r\n', 'fffffffff\r\n{}', '-1\r\n'),
}).map(({ method, target, version, headers, body }) =>
  Buffer.from(
    [`${method} ${target} ${version}`, 'Host: archiver', ...headers, '', body].join('\r\n'),
    'latin1',
  ),
)
const someBytes: Arbitrary<Uint8Array> = oneof(
  { weight: 6, arbitrary: someText },
  {
    weight: 2,
    arbitrary: tuple(someText, nat()).map(([text, end]) => text.subarray(0, end % text.length)),
  },
  { weight: 1, arbitrary: uint8Array({ maxLength: 200 }) },
)

/** All that comes back to somebody who says this and no more. */
async function say(bytes: Uint8Array): Promise<string> {
  const socket = connect({ port: Number(new URL(box.server.url).port), host: '127.0.0.1' })
  const heard: Buffer[] = []
  socket.on('data', (chunk) => heard.push(chunk))
  socket.on('error', () => {}) // The server may hang up on us.
  socket.end(bytes)
  await once(socket, 'close')
  return Buffer.concat(heard).toString('latin1')
}

fuzz('bytes over a socket', () =>
  asyncProperty(someBytes, async (bytes) => {
    const heard = await say(bytes)
    const given = [...heard.matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map(([, status]) => Number(status))

    ok(given.every((status) => status < 500))
    expectNoCanary(heard)
    const health = await fetch(`${box.server.url}/healthz`)
    strictEqual(await health.text(), '{"status":"ok"}')
  }),
)
