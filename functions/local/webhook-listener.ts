import type { IncomingMessage, ServerResponse } from 'node:http'
import type { PartialListener } from '../page/http-server.ts'
import type { LocalArchiver } from '../runtime/local.ts'
import { deliveryLimitBytes } from './webhook-route.ts'

/**
 * Answers deliveries as Toloka sends them, by POST and with their length. The route of the webhook
 * would answer them alike, and answers whatever else comes there; but to make a request of the web
 * out of one of Node takes longer than all the rest of a delivery.
 */
export function createWebhookListener({
  receiveDelivery,
  journal,
}: Pick<LocalArchiver, 'receiveDelivery' | 'journal'>): PartialListener {
  if (receiveDelivery === null) return () => false

  const receive = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const body = await readBody(incoming)
    if (body === null) {
      journal.write('REQUEST_ABANDONED', { path: incoming.url ?? '' })
      return
    }
    const { status, problem } = await receiveDelivery({
      contentType: headerOf(incoming, 'content-type'),
      signature: headerOf(incoming, 'toloka-signature'),
      body,
    })
    answer(outgoing, status, problem === null ? { status: 'ok' } : { problem })
  }
  return (incoming, outgoing) => {
    if (!isPlainDelivery(incoming)) return false
    void receive(incoming, outgoing)
    return true
  }
}

function isPlainDelivery({ method, url, headers }: IncomingMessage): boolean {
  if (url !== '/webhooks/toloka' || method !== 'POST') return false
  const statedBytes = Number(headers['content-length'] ?? Infinity)
  return statedBytes <= deliveryLimitBytes && headers['transfer-encoding'] === undefined
}

/** Null if the sender went away before all of it had come. */
function readBody(incoming: IncomingMessage): Promise<Uint8Array | null> {
  return new Promise((resolve) => {
    const parts: Buffer[] = []
    incoming
      .on('data', (part: Buffer) => parts.push(part))
      .on('end', () => resolve(Buffer.concat(parts)))
      .on('error', () => resolve(null))
      .on('close', () => resolve(null))
  })
}

function headerOf({ headers }: IncomingMessage, name: string): string | null {
  const value = headers[name]
  return typeof value === 'string' ? value : null
}

function answer(outgoing: ServerResponse, status: number, value: object): void {
  const text = JSON.stringify(value)
  outgoing.writeHead(status, {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(text),
  })
  outgoing.end(text)
}
