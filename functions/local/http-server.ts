import { once } from 'node:events'
import { createServer } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import type { Hono } from 'hono'
import { secondMs } from '../domain/instant.ts'
import { sleep } from '../runtime/local.ts'

/** How often connections are closed on which the last answer has gone out. */
const tidyMs = 50

export interface RunningServer {
  /** Such as `http://127.0.0.1:8787`. */
  readonly url: string
  /** Takes nothing new and answers what has begun, for a while. */
  readonly close: () => Promise<void>
}

/** The server cannot listen where it should. */
export class AddressError extends Error {
  override readonly name = 'AddressError'
}

/**
 * Serves the application on an address; port 0 takes a free one.
 *
 * @param farewellMs whoever has not read his answer so long after the close has to come again
 * @throws AddressError
 */
export async function listen(
  app: Hono,
  host: string,
  port: number,
  farewellMs = 5 * secondMs,
): Promise<RunningServer> {
  const answer = getRequestListener(app.fetch)
  const server = createServer((incoming, outgoing) => void answer(incoming, outgoing))
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
