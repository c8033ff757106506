import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { connect, type Socket } from 'node:net'
import { Hono } from 'hono'
import { afterEach, describe, expect, test } from '@jest/globals'
import {
  AddressError,
  listen,
  type ClientLimits,
  type RunningServer,
} from '../../functions/page/http-server.ts'

function createHello(): Hono {
  return new Hono().get('/', (context) => context.text('hello'))
}

test('A server says where it listens, and nobody else can', async () => {
  const server = await listen(createHello(), '127.0.0.1', 0)
  expect(await (await fetch(server.url)).text()).toBe('hello')
  const port = Number(new URL(server.url).port)
  await expect(listen(createHello(), '127.0.0.1', port)).rejects.toThrow(AddressError)
  await server.close()
  await expect(fetch(server.url)).rejects.toThrow('fetch failed')
})

test('A server writes an address of IPv6 as browsers want it', async () => {
  const server = await listen(createHello(), '::1', 0)
  expect(server.url).toMatch(/^http:\/\/\[::1\]:\d+$/)
  await server.close()
})

test('A server closes although somebody never finishes a request', async () => {
  const server = await listen(createHello(), '127.0.0.1', 0, { farewellMs: 100 })
  const endless = connect(Number(new URL(server.url).port), '127.0.0.1')
  await once(endless, 'connect')
  endless.write('GET / HTTP/1.1\r\n')
  await fetch(server.url)
  const cutOff = once(endless, 'close')
  endless.resume()
  await server.close()
  await cutOff
  expect(endless.destroyed).toBe(true)
})

describe('A server cuts off', () => {
  const posting = 'POST / HTTP/1.1\r\nHost: archiver\r\n'
  const block = new Uint8Array(64 * 1024)
  let server: RunningServer
  let bodies: string[]
  let longEnded: Promise<void>

  const serve = async (limits: Partial<ClientLimits>): Promise<void> => {
    bodies = []
    let endLong = (): void => {}
    longEnded = new Promise((resolve) => (endLong = resolve))
    const app = createHello()
      .post('/', async (context) => {
        bodies.push(await context.req.text())
        return context.text('thanks')
      })
      .get('/long', () => {
        const pull = (stream: ReadableStreamDefaultController): void => stream.enqueue(block)
        return new Response(new ReadableStream({ pull, cancel: endLong }))
      })
    server = await listen(app, '127.0.0.1', 0, { ...limits, farewellMs: 100 })
  }
  afterEach(async () => server.close())

  const begin = (opening = ''): Socket => {
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
    if (opening !== '') socket.write(opening)
    return socket.on('error', () => {})
  }
  /** All that comes until the server ends the connection. */
  const answerOn = async (socket: Socket): Promise<string> => text(socket).catch(() => 'no answer')

  test('whoever connects and says nothing', async () => {
    await serve({ headersMs: 50, checkEveryMs: 10 })
    expect(await answerOn(begin())).toMatch(/^HTTP\/1.1 408 /)
  })

  test.each([
    ['headers', `${posting}X-Slow: `],
    ['a body', `${posting}Content-Length: 100000\r\n\r\n`],
    ['a chunk', `${posting}Transfer-Encoding: chunked\r\n\r\nfffff\r\n`],
  ])('whoever sends %s by the byte', async (_, opening) => {
    await serve({ headersMs: 50, requestMs: 100, checkEveryMs: 10 })
    const socket = begin(opening)
    const timer = setInterval(() => socket.write('1'), 5)
    expect(await answerOn(socket)).toMatch(/^(HTTP\/1.1 408 |no answer)/)
    clearInterval(timer)
    expect(bodies).toEqual([])
  })

  test('whoever does not read the answer', async () => {
    await serve({ silenceMs: 100 })
    const socket = begin('GET /long HTTP/1.1\r\nHost: archiver\r\n\r\n')
    await longEnded // And not by us.
    expect(socket.destroyed).toBe(false)
    socket.destroy()
  })

  test('more connections than it can serve, and serves those it has', async () => {
    await serve({ connections: 2 })
    const first = begin()
    await Promise.all([first, begin()].map((socket) => once(socket, 'connect')))
    expect(await answerOn(begin())).not.toContain('HTTP')
    first.end('GET / HTTP/1.1\r\nHost: archiver\r\nConnection: close\r\n\r\n')
    expect(await answerOn(first)).toMatch(/hello$/)
  })
})
