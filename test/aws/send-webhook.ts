import { request } from 'node:http'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { IncomingMessage } from 'node:http'
import * as z from 'zod/mini'

interface SignedDelivery {
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export interface WebhookAnswer {
  readonly status: number
  readonly body: string
}

/**
 * Sends a delivery to the stack's HTTP API. The host name of an API means something only to the
 * emulator, not to the resolver, so the name goes along as a header.
 */
export async function sendWebhook(
  endpoint: string,
  webhookUrl: string,
  { headers, body }: SignedDelivery,
): Promise<WebhookAnswer> {
  const { hostname, port } = new URL(endpoint)
  const { host, pathname, search } = new URL(webhookUrl)
  const [api] = host.split('.')
  const call = request({
    host: hostname,
    port,
    method: 'POST',
    path: pathname + search,
    headers: { ...headers, Host: `${api}.execute-api.${hostname}:${port}` },
  })
  call.end(body)
  const [answer] = z.tuple([z.instanceof(IncomingMessage)]).parse(await once(call, 'response'))
  return { status: answer.statusCode ?? 0, body: await text(answer) }
}
