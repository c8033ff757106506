import { connect } from 'node:net'
import * as z from 'zod/mini'
import { closedEvent, signedDelivery } from '../../local/box.ts'

export const fullSpeedPlan = z.object({
  url: z.string(),
  /** They take turns. */
  poolIds: z.array(z.string()),
  seconds: z.number(),
  connections: z.number(),
})

export type FullSpeedPlan = z.infer<typeof fullSpeedPlan>

export const fullSpeedReport = z.object({
  seconds: z.number(),
  /** Deliveries that were answered by 200, in this time. */
  accepted: z.number(),
  /** How busy the sender was, as a share of one core: near 1, it is the sender that is measured. */
  busy: z.number(),
})

export type FullSpeedReport = z.infer<typeof fullSpeedReport>

/**
 * Sends signed webhooks, on each connection the next one when the one before is answered. They are
 * signed beforehand and written as they are, so that the sender is quicker than any server.
 *
 * @throws Error for any answer but 200
 */
export async function deliverAtFullSpeed(plan: FullSpeedPlan): Promise<FullSpeedReport> {
  const { url, poolIds, connections } = plan
  const deliveries = poolIds.map((poolId) => toRequest(url, poolId))
  let sent = 0
  let accepted = 0
  const next = (): Buffer => deliveries[sent++ % deliveries.length] ?? Buffer.alloc(0)
  const startedAt = performance.now()
  const idle = performance.eventLoopUtilization()
  const isOver = (): boolean => performance.now() - startedAt >= plan.seconds * 1_000
  await Promise.all(
    Array.from({ length: connections }, () =>
      converse(url, (isFirst) => {
        if (!isFirst) accepted += 1
        return isOver() ? null : next()
      }),
    ),
  )
  const { utilization: busy } = performance.eventLoopUtilization(idle)
  return { seconds: (performance.now() - startedAt) / 1_000, accepted, busy }
}

function toRequest(url: string, poolId: string): Buffer {
  const { method, headers, body } = signedDelivery({ events: [closedEvent(poolId)] }, Date.now())
  const { host } = new URL(url)
  const all = { Host: host, ...headers, 'Content-Length': Buffer.byteLength(body) }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
  return Buffer.from(`${method} /webhooks/toloka HTTP/1.1\r\n${lines.join('')}\r\n${body}`)
}

/** @param next the request to send, once the one before it was answered; null ends it */
function converse(url: string, next: (isFirst: boolean) => Buffer | null): Promise<void> {
  const { hostname, port } = new URL(url)
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname)
    let received = ''
    socket.setNoDelay(true)
    const go = (isFirst: boolean): void => {
      const request = next(isFirst)
      if (request === null) socket.end()
      else socket.write(request)
    }
    socket.on('connect', () => go(true))
    socket.on('data', (data) => {
      received += data.toString('latin1')
      const length = answerLength(received)
      if (length === null || received.length < length) return
      if (!received.startsWith('HTTP/1.1 200 ') || received.length > length) {
        socket.destroy(new Error(`Not the answer that was expected: ${received}`))
        return
      }
      received = ''
      go(false)
    })
    socket.on('error', reject)
    socket.on('close', resolve)
  })
}

/** Of a whole answer, with its headers; null if these are not there yet. */
function answerLength(text: string): number | null {
  const headersEnd = text.indexOf('\r\n\r\n')
  if (headersEnd < 0) return null
  const [, bytes] = /\r\ncontent-length: *(\d+)/i.exec(text) ?? []
  if (bytes === undefined) throw new Error(`An answer without its length: ${text}`)
  return headersEnd + 4 + Number(bytes)
}
