import { connect, type Socket } from 'node:net'
import { signedDelivery } from '../local/box.ts'

/** A way to keep a server from its work. */
export interface Attack {
  readonly name: string
  /** Connections at a time. */
  readonly connections: number
  /** What is done with a connection. Returns what ends that. */
  readonly begin: (socket: Socket) => () => void
}

const dripMs = 500
const pourMs = 10
const chunkBytes = 16 * 1024

/** A delivery that is genuine as far as its headers tell. */
function headers(extra: string, path = '/webhooks/toloka'): string {
  const { headers: genuine } = signedDelivery({}, Date.now())
  const lines = Object.entries(genuine).map(([name, value]) => `${name}: ${value}`)
  return [`POST ${path} HTTP/1.1`, 'Host: archiver', ...lines, extra, '', ''].join('\r\n')
}

/** Writes again and again, and more only when what was written has gone. */
function keepWriting(socket: Socket, text: string, everyMs: number): () => void {
  const timer = setInterval(() => {
    if (!socket.writableNeedDrain) socket.write(text)
  }, everyMs)
  return () => clearInterval(timer)
}

function begins(opening: string, text: string, everyMs: number): Attack['begin'] {
  return (socket) => {
    socket.write(opening)
    return keepWriting(socket, text, everyMs)
  }
}

const block = 'x'.repeat(chunkBytes)
const chunk = `${chunkBytes.toString(16)}\r\n${block}\r\n`
const chunked = 'Transfer-Encoding: chunked'

export function makeAttacks(): readonly Attack[] {
  const slowHeaders = 'POST /webhooks/toloka HTTP/1.1\r\nHost: archiver\r\nX-Slow: '
  return [
    { name: 'idle', connections: 1_000, begin: () => () => {} },
    { name: 'headers by the byte', connections: 50, begin: begins(slowHeaders, 'x', dripMs) },
    {
      name: 'body by the byte',
      connections: 50,
      begin: begins(headers('Content-Length: 1000'), ' ', dripMs),
    },
    {
      name: 'chunks by the byte',
      connections: 50,
      begin: begins(headers(chunked), '1\r\n \r\n', dripMs),
    },
    {
      name: 'oversized body',
      connections: 10,
      begin: begins(headers('Content-Length: 1000000000'), block, pourMs),
    },
    { name: 'endless body', connections: 10, begin: begins(headers(chunked), chunk, pourMs) },
    {
      name: 'endless body elsewhere',
      connections: 10,
      begin: begins(headers(chunked, '/api/pools'), chunk, pourMs),
    },
  ]
}

/** What came of an attack. */
export interface Repelled {
  readonly name: string
  /** Connections that the server ended. */
  readonly ended: number
  /** Those that were still open at the end. */
  readonly open: number
  readonly longestMs: number
  /** Statuses that the attackers were answered. */
  readonly statuses: ReadonlySet<string>
}

/** Attacks until the signal is aborted; whenever a connection is ended, another one takes its place. */
export async function attack(
  { name, connections, begin }: Attack,
  url: string,
  signal: AbortSignal,
): Promise<Repelled> {
  const { hostname, port } = new URL(url)
  const statuses = new Set<string>()
  let ended = 0
  let open = 0
  let longestMs = 0

  const connectOnce = (): Promise<void> =>
    new Promise((resolve) => {
      const startedAt = performance.now()
      const socket = connect(Number(port), hostname)
      const end = begin(socket)
      const giveUp = (): void => {
        open += 1
        socket.destroy()
      }
      signal.addEventListener('abort', giveUp)
      socket.on('data', (data) => {
        const [, status] = /^HTTP\/1\.1 (\d+)/.exec(String(data)) ?? []
        if (status !== undefined) statuses.add(status)
      })
      socket.on('error', () => {}) // Cut off, as it should be.
      socket.on('close', () => {
        end()
        signal.removeEventListener('abort', giveUp)
        longestMs = Math.max(longestMs, performance.now() - startedAt)
        if (!signal.aborted) ended += 1
        resolve()
      })
    })

  const keepAtIt = async (): Promise<void> => {
    while (!signal.aborted) await connectOnce()
  }
  await Promise.all(Array.from({ length: connections }, keepAtIt))
  return { name, ended, open, longestMs, statuses }
}
