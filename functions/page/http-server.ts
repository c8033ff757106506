import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import type { Hono } from 'hono'
import { minuteMs, secondMs } from '../domain/instant.ts'
import { sleep } from '../runtime/local.ts'

/** How often connections are closed on which the last answer has gone out. */
const tidyMs = 50

/** What a client may take up. Who takes more is cut off, so that others are served. */
export interface ClientLimits {
  /** For a connection until the headers of its first request are there, and for later headers. */
  readonly headersMs: number
  /** For a whole request. */
  readonly requestMs: number
  /** While nothing comes and nothing goes, such as an answer that is not read. */
  readonly silenceMs: number
  /** At a time; more are closed at once. */
  readonly connections: number
  /** Whoever has not read his answer so long after the close of the server has to come again. */
  readonly farewellMs: number
  /** How often the first two are looked after. */
  readonly checkEveryMs: number
}

/** A delivery of Toloka comes in one piece; its headers and body take well below a second. */
export const clientLimits: ClientLimits = {
  headersMs: 10 * secondMs,
  requestMs: 20 * secondMs,
  silenceMs: 2 * minuteMs,
  connections: 2_000,
  farewellMs: 5 * secondMs,
  checkEveryMs: secondMs,
}

export interface RunningServer {
  /** Such as `http://127.0.0.1:8787`. */
  readonly url: string
  /** Takes nothing new and answers what has begun, for a while. */
  readonly close: () => Promise<void>
}

/** Answers a request, unless it is for others: false then, and nothing was done. */
export type PartialListener = (incoming: IncomingMessage, outgoing: ServerResponse) => boolean

/** The server cannot listen where it should. */
export class AddressError extends Error {
  override readonly name = 'AddressError'
}

/**
 * Serves the application on an address; port 0 takes a free one.
 *
 * @param before is asked first about each request
 * @throws AddressError
 */
export async function listen(
  app: Hono,
  host: string,
  port: number,
  {
    before = () => false,
    ...given
  }: Partial<ClientLimits> & { readonly before?: PartialListener } = {},
): Promise<RunningServer> {
  const answer = getRequestListener(app.fetch)
  const { farewellMs, ...limit } = { ...clientLimits, ...given }
  const timing = {
    headersTimeout: limit.headersMs,
    requestTimeout: limit.requestMs,
    connectionsCheckingInterval: limit.checkEveryMs,
  }
  const server = createServer(timing, (incoming, outgoing) => {
    if (!before(incoming, outgoing)) void answer(incoming, outgoing)
  })
  server.timeout = limit.silenceMs
  server.maxConnections = limit.connections
  server.listen(port, host)
  try {
    await once(server, 'listening')
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error)
    throw new AddressError(
      `Cannot listen on ${host}:${port} (${problem}). Set HOST and PORT to a free address.`,
      { cause: error },
    )
  }
  const address = server.address()
  const actualPort = typeof address === 'object' && address !== null ? address.port : port
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${actualPort}`,
    close: async () => {
      const closed = new AbortController()
      server.close(() => closed.abort())
      for (let waitedMs = 0; waitedMs < farewellMs && !closed.signal.aborted; waitedMs += tidyMs) {
        server.closeIdleConnections()
        await sleep(tidyMs, closed.signal)
      }
      server.closeAllConnections()
    },
  }
}
