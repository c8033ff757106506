import { once } from 'node:events'
import { connect } from 'node:net'
import { Hono } from 'hono'
import { expect, test } from '@jest/globals'
import { AddressError, listen } from '../../functions/local/http-server.ts'

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
  const server = await listen(createHello(), '127.0.0.1', 0, 100)
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
