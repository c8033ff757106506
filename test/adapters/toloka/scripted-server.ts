import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http'
import { text } from 'node:stream/consumers'
import { afterEach } from '@jest/globals'
import type { Toloka } from '../../../functions/application/ports.ts'
import type { Subscriptions } from '../../../functions/application/subscription-ports.ts'
import { createTolokaClient } from '../../../functions/adapters/toloka/client.ts'
import { defaultTiming, type Connection } from '../../../functions/adapters/toloka/request.ts'

export const token = 'a-token-that-nobody-may-ever-see'

/** An answer, or what happens instead. */
export interface ScriptedAnswer {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  /** Text as it is, anything else as JSON. */
  readonly body?: unknown
  readonly instead?: 'silence' | 'broken connection' | 'cut body'
}

export interface SeenRequest {
  readonly method: string
  readonly url: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

export interface Scripted {
  readonly origin: string
  readonly client: Toloka & Subscriptions
  /** `GET /api/v1/pools/17` and so on. */
  readonly calls: () => readonly string[]
  readonly requests: readonly SeenRequest[]
  readonly stop: () => Promise<void>
}

const running = new Set<Scripted>()

afterEach(async () => {
  await Promise.all([...running].map(async ({ stop }) => stop()))
  running.clear()
})

/** A server that gives these answers one by one, and a client that talks to it. */
export async function startScripted(
  script: readonly ScriptedAnswer[],
  connection: Partial<Connection> = {},
): Promise<Scripted> {
  const requests: SeenRequest[] = []
  const server = createServer((request, response) => {
    void answer(request, response)
  })
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '', headers } = request
    requests.push({ method, url, headers, body: await text(request) })
    send(response, script[requests.length - 1] ?? { status: 418, body: 'The script is over.' })
  }
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : null
  const origin = `http://127.0.0.1:${port}`
  const scripted: Scripted = {
    origin,
    requests,
    calls: () => requests.map(({ method, url }) => `${method} ${decodeURIComponent(url)}`),
    client: createTolokaClient({
      origin,
      token: async () => token,
      pace: { take: async () => {} },
      timing: { ...defaultTiming, retryDelayMs: () => 0 },
      ...connection,
    }),
    stop: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => {
        server.close(resolve)
      })
    },
  }
  running.add(scripted)
  return scripted
}

function send(response: ServerResponse, { status = 200, headers, body, instead }: ScriptedAnswer) {
  if (instead === 'silence') return
  if (instead === 'broken connection') {
    response.destroy()
    return
  }
  const content = typeof body === 'string' ? body : JSON.stringify(body)
  if (instead === 'cut body') {
    response.writeHead(status, { 'content-length': 1_000 }).write(content, () => {
      response.destroy()
    })
    return
  }
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(content)
}

/** The TolokaError, or whatever else is thrown instead of a result. */
export async function failureOf(result: Promise<unknown>): Promise<unknown> {
  return result.then(
    (value) => {
      throw new Error(`Expected a failure, got ${JSON.stringify(value)}`)
    },
    (error: unknown) => error,
  )
}
