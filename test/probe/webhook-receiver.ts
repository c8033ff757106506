import { createServer } from 'node:http'

export interface ReceivedWebhook {
  /** The Toloka-Signature header. */
  readonly signature: string | null
  readonly body: string
}

/** Takes webhooks, keeps them, and answers as it is told. */
export interface WebhookReceiver {
  /** The address that Toloka is given. */
  readonly url: string
  readonly secret: string
  readonly received: readonly ReceivedWebhook[]
  /** From now on every webhook is answered with this status. */
  readonly answerWith: (status: number) => void
  readonly close: () => Promise<void>
}

export interface ReceiverOptions {
  readonly secret: string
  readonly host: string
  /** 0 takes any free port. */
  readonly port: number
  /** Where Toloka reaches it; the receiver's own address if left out. */
  readonly url?: string
}

const largestBytes = 1_000_000

export async function startReceiver(options: ReceiverOptions): Promise<WebhookReceiver> {
  const received: ReceivedWebhook[] = []
  let status = 200
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    let bytes = 0
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes > largestBytes) request.destroy()
      else chunks.push(chunk)
    })
    request.on('end', () => {
      const signature = request.headers['toloka-signature']
      received.push({
        signature: typeof signature === 'string' ? signature : null,
        body: Buffer.concat(chunks).toString('utf8'),
      })
      response.writeHead(status).end()
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, options.host, resolve)
  })
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : options.port
  return {
    url: options.url ?? `http://${options.host}:${port}/probe`,
    secret: options.secret,
    received,
    answerWith: (next) => {
      status = next
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
