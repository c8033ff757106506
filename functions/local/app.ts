import { Hono, type Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { secureHeaders } from 'hono/secure-headers'
import { viewPool, viewPoolDetail } from '../application/pool-view.ts'
import { states, type State } from '../domain/states.ts'
import type { LocalArchiver } from '../runtime/local.ts'
import { overviewPage, poolPage } from './pages.ts'

/** Toloka's notifications are small; anything larger is not one. */
const deliveryLimitBytes = 256 * 1024
const defaultPageSize = 100
const maxPageSize = 1_000

/** The HTTP interface of the archiver on one machine. */
export function createApp(archiver: LocalArchiver): Hono {
  const app = new Hono()
  app.use(
    secureHeaders({
      contentSecurityPolicy: { defaultSrc: ["'none'"], styleSrc: ["'unsafe-inline'"] },
    }),
  )

  app.get('/healthz', (context) => context.json({ status: 'ok' }))

  app.post(
    '/webhooks/toloka',
    bodyLimit({
      maxSize: deliveryLimitBytes,
      onError: (context) => problem(context, 413, 'A delivery has at most 256 KiB.'),
    }),
    async (context) => {
      if (archiver.receiveDelivery === null) {
        return problem(context, 404, 'The webhook is off: TOLOKA_WEBHOOK_SECRET is not set.')
      }
      const answer = await archiver.receiveDelivery({
        contentType: context.req.header('content-type') ?? null,
        signature: context.req.header('toloka-signature') ?? null,
        body: new Uint8Array(await context.req.arrayBuffer()),
      })
      if (answer.problem !== null) return problem(context, answer.status, answer.problem)
      return context.json({ status: 'ok' }, answer.status)
    },
  )
  app.all('/webhooks/toloka', (context) => problem(context, 405, 'Deliveries come by POST.'))

  app.get('/api/pools', async (context) => {
    const query = parseQuery(context)
    if (typeof query === 'string') return problem(context, 400, query)
    const { records, next } = await archiver.store.list(query)
    return context.json({ pools: records.map(viewPool), next })
  })
  app.get('/api/pools/:id', async (context) => {
    const record = await archiver.store.get(context.req.param('id'))
    if (record === null) return problem(context, 404, 'The archiver knows no such pool.')
    return context.json(viewPoolDetail(record))
  })

  app.get('/', async (context) => {
    const query = parseQuery(context)
    if (typeof query === 'string') return problem(context, 400, query)
    const page = await archiver.store.list(query)
    const status = await archiver.readStatus()
    return context.html(overviewPage({ ...status, ...page, state: query.state }))
  })
  app.get('/pools/:id', async (context) => {
    const record = await archiver.store.get(context.req.param('id'))
    if (record === null) return problem(context, 404, 'The archiver knows no such pool.')
    return context.html(poolPage({ ...(await archiver.readStatus()), record }))
  })

  app.notFound((context) => problem(context, 404, 'There is nothing at this address.'))
  app.onError((error, context) => {
    archiver.journal.write('REQUEST_FAILED', { path: context.req.path, problem: error.message })
    return problem(context, 503, 'The archiver cannot answer right now; its journal says why.')
  })
  return app
}

type ProblemStatus = 400 | 401 | 404 | 405 | 413 | 415 | 503 | 200

function problem(context: Context, status: ProblemStatus, text: string): Response {
  return context.json({ problem: text }, status)
}

interface PoolQuery {
  readonly state: State | null
  readonly limit: number
  readonly after: string | null
}

/** The query, or what is wrong with it. */
function parseQuery(context: Context): PoolQuery | string {
  const { state, limit, after } = context.req.query()
  const wanted = states.find((known) => known === state) ?? null
  if (state && wanted === null) return `state is one of ${states.join(', ')}.`
  const size = limit ? Number(limit) : defaultPageSize
  if (!Number.isInteger(size) || size < 1 || size > maxPageSize) {
    return `limit is a whole number from 1 to ${maxPageSize}.`
  }
  return { state: wanted, limit: size, after: after || null }
}
