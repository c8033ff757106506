import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import type { HttpBindings } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { Hono } from 'hono'
import { post } from './deliver-webhooks.ts'
import { Faults } from './faults.ts'
import type { Fault } from './faults.ts'
import type { TolokaModel } from './model.ts'
import type { Json } from './refusal.ts'
import type { TolokaAnswer, TolokaRequest } from './router.ts'

export interface FakeTolokaOptions {
  /** 0, the default, takes any free port. */
  readonly port?: number
  readonly host?: string
  /** Further routes, for a person at the controls; mounted at `/fake`. */
  readonly controls?: Hono
  /** Gets one line for each request to the API. */
  readonly log?: (line: string) => void
}

export interface FakeToloka {
  /** For instance `http://127.0.0.1:8090`, without `/api/v1`. */
  readonly url: string
  readonly faults: Faults
  /** Ends every connection, also those that hang. */
  readonly close: () => Promise<void>
}

const html = '<html><head><title>Bad Gateway</title></head><body>nginx</body></html>'

/** Puts the model behind real HTTP. */
export async function startFakeToloka(
  model: TolokaModel,
  options: FakeTolokaOptions = {},
): Promise<FakeToloka> {
  const faults = new Faults()
  const app = new Hono<{ Bindings: HttpBindings }>()
  if (options.controls !== undefined) app.route('/fake', options.controls)
  app.all('*', async ({ req, env }) => {
    const request = await readRequest(req.raw)
    const fault = faults.take(request)
    // Node adds a Date of its own unless told not to; whether there is one is up to the model.
    env.outgoing.sendDate = false
    const answer = await answerTo(model, request, fault)
    options.log?.(logLine(request, answer, fault))
    send(env, answer, fault)
    return RESPONSE_ALREADY_SENT
  })
  const listener = getRequestListener(app.fetch)
  const server = createServer((incoming, outgoing) => {
    void listener(incoming, outgoing)
  })
  const host = options.host ?? '127.0.0.1'
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, host, resolve)
  })
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      // Called again on a closed server it has nothing left to do.
      server.close(() => resolve())
      server.closeAllConnections()
    })
  return { url: `http://${host}:${port}`, faults, close }
}

async function readRequest(request: Request): Promise<TolokaRequest> {
  const { pathname, searchParams } = new URL(request.url)
  const text = await request.text()
  return {
    method: request.method,
    path: pathname,
    query: searchParams,
    headers: Object.fromEntries(request.headers),
    body: text === '' ? undefined : parsed(text),
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

async function answerTo(
  model: TolokaModel,
  request: TolokaRequest,
  fault: Fault | null,
): Promise<TolokaAnswer> {
  switch (fault?.kind) {
    case 'status': {
      model.witness(request)
      const answer = model.refusal(fault.status, codeOf(fault.status))
      if (fault.body === 'html') return page(answer)
      return fault.body === 'empty' ? { ...answer, body: undefined } : answer
    }
    case 'quota': {
      model.witness(request)
      const payload = fault.interval === undefined ? undefined : { interval: fault.interval }
      const answer = model.refusal(429, 'TOO_MANY_REQUESTS', payload)
      const { 'Retry-After': _, ...headers } = answer.headers
      if (fault.retryAfter === undefined) return { ...answer, headers }
      return { ...answer, headers: { ...headers, 'Retry-After': fault.retryAfter } }
    }
    case 'refusal':
      model.witness(request)
      return model.refusal(fault.status, fault.code)
    case 'redirect':
      model.witness(request)
      return { status: 302, headers: { Location: fault.location }, body: undefined }
    case 'hang':
    case 'cut':
      model.witness(request)
      return { status: 0, headers: {}, body: undefined }
    case 'not-json':
      return page(await answerByModel(model, request))
    case 'edited':
      return edited(await answerByModel(model, request), fault.edit)
    case 'effect-then-hang':
    case 'effect-then-cut':
    case 'cut-mid-body':
    case 'truncated':
    case undefined:
    default:
      return answerByModel(model, request)
  }
}

/** A test notification is delivered before its answer goes out, because the answer tells of it. */
async function answerByModel(model: TolokaModel, request: TolokaRequest): Promise<TolokaAnswer> {
  const answer = model.handle(request)
  const { test } = answer
  if (test === undefined) return answer
  return model.finishTest(answer, test, await post(test.delivery))
}

function codeOf(status: number): string {
  return status === 503 ? 'REMOTE_SERVICE_UNAVAILABLE' : 'INTERNAL_ERROR'
}

function page(answer: TolokaAnswer): TolokaAnswer {
  return { ...answer, headers: { ...answer.headers, 'Content-Type': 'text/html' }, body: html }
}

function edited(answer: TolokaAnswer, edit: (body: Json) => Json): TolokaAnswer {
  return { ...answer, body: JSON.stringify(edit(JSON.parse(answer.body ?? 'null'))) }
}

function send({ incoming, outgoing }: Sockets, answer: TolokaAnswer, fault: Fault | null): void {
  const kind = fault?.kind
  // What hangs is let go when the server closes all connections.
  if (kind === 'hang' || kind === 'effect-then-hang') return
  if (kind === 'cut' || kind === 'effect-then-cut') {
    incoming.socket.destroy()
    return
  }
  const full = answer.body ?? ''
  const half = full.slice(0, Math.ceil(full.length / 2))
  const body = kind === 'truncated' ? half : full
  const length: Record<string, number> =
    answer.status === 204 ? {} : { 'Content-Length': Buffer.byteLength(body) }
  outgoing.writeHead(answer.status, { ...answer.headers, ...length })
  if (kind === 'cut-mid-body') outgoing.write(half, () => incoming.socket.destroy())
  else outgoing.end(body)
}

interface Sockets {
  readonly incoming: IncomingMessage
  readonly outgoing: ServerResponse
}

function logLine(request: TolokaRequest, answer: TolokaAnswer, fault: Fault | null): string {
  const query = request.query.size === 0 ? '' : `?${request.query.toString()}`
  const bytes = Buffer.byteLength(answer.body ?? '')
  const outcome = fault === null ? '' : ` (${fault.kind})`
  return `${request.method} ${request.path}${query} -> ${answer.status} ${bytes} bytes${outcome}`
}
