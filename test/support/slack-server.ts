import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import * as z from 'zod/mini'

/** How the server answers; `silence`: never. */
export type SlackAnswer =
  | 'silence'
  | 'broken connection'
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>> }

export interface SlackServer {
  /** Of an incoming webhook; the path is the secret. */
  readonly address: string
  readonly secret: string
  /** The texts that came, whatever the answer was. */
  readonly texts: readonly string[]
  readonly contentTypes: readonly (string | undefined)[]
  /** To each message from now on. */
  answer: SlackAnswer
  readonly close: () => Promise<void>
}

const secret = 'T0AAAA/B0BBBB/a-path-that-nobody-may-see'
const message = z.strictObject({ text: z.string() })

/** Stands for Slack on loopback, and quotes the address in everything that it says. */
export async function startSlack(): Promise<SlackServer> {
  const texts: string[] = []
  const contentTypes: (string | undefined)[] = []
  const server = createServer((request, response) => {
    void serve(request, response)
  })
  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    texts.push(z.parse(message, JSON.parse(await text(request))).text)
    contentTypes.push(request.headers['content-type'])
    const { answer } = slack
    if (answer === 'silence') return
    if (answer === 'broken connection') {
      response.destroy()
      return
    }
    response.writeHead(answer.status, answer.headers).end(`not ok: ${request.url}`)
  }
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : null
  const slack: SlackServer = {
    address: `http://127.0.0.1:${port}/services/${secret}`,
    secret,
    texts,
    contentTypes,
    answer: { status: 200 },
    close: async () => {
      if (!server.listening) return
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
  return slack
}
