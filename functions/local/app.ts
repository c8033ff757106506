import { Hono } from 'hono'
import { secureHeaders } from 'hono/secure-headers'
import { UnknownPlaceError } from '../application/record-query.ts'
import type { LocalArchiver } from '../runtime/local.ts'
import { answerProblem } from './answer-problem.ts'
import { apiRoutes } from './api-routes.ts'
import { pageRoutes } from './page-routes.ts'
import { webhookRoute } from './webhook-route.ts'

const none = ["'none'"]

/** The HTTP interface of the archiver on one machine. */
export function createApp(archiver: LocalArchiver): Hono {
  const app = new Hono()
  app.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: none,
        baseUri: none,
        formAction: none,
        frameAncestors: none,
        styleSrc: ["'unsafe-inline'"],
      },
      strictTransportSecurity: false, // There is no TLS here that a browser could insist on.
    }),
  )
  app.get('/healthz', async (context) => {
    await archiver.checkHealth()
    return context.json({ status: 'ok' })
  })
  app.route('/webhooks/toloka', webhookRoute(archiver))
  app.route('/api', apiRoutes(archiver))
  app.route('/', pageRoutes(archiver))
  app.notFound((context) => answerProblem(context, 404, 'There is nothing at this address.'))
  app.onError((error, context) => {
    if (error instanceof UnknownPlaceError) {
      return answerProblem(context, 400, `after: ${error.message}`)
    }
    archiver.journal.write('REQUEST_FAILED', { path: context.req.path, problem: error.message })
    return answerProblem(
      context,
      503,
      'The archiver cannot answer right now; its journal says why.',
    )
  })
  return app
}
