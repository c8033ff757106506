import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { secureHeaders } from 'hono/secure-headers'
import type { Journal } from '../application/ports.ts'
import { UnknownPlaceError } from '../application/record-query.ts'
import { actionRoutes } from './action-routes.ts'
import { answerProblem } from './answer-problem.ts'
import { apiRoutes } from './api-routes.ts'
import { assetRoutes } from './asset-routes.ts'
import { createFormTokens } from './form-token.ts'
import { onlyKnownHosts } from './known-host.ts'
import { authorOf, demandPassword } from './login.ts'
import { onlyFromOwnPages } from './own-origin.ts'
import type { PageAccess } from './page-access.ts'
import type { PageArchiver } from './page-archiver.ts'
import { pageRoutes } from './page-routes.ts'

const none = ["'none'"]
const self = ["'self'"]

/** The status page by itself: no webhook, nothing that may be asked for without its guards. */
export function createPageApp(archiver: PageArchiver, access: PageAccess): Hono {
  return createAnsweringApp(archiver.journal).route('/', guardedRoutes(archiver, access))
}

/** An application without addresses, which answers errors and sets headers for browsers. */
export function createAnsweringApp(journal: Journal): Hono {
  const app = new Hono()
  app.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: none,
        baseUri: none,
        connectSrc: self,
        formAction: self,
        frameAncestors: none,
        imgSrc: self,
        scriptSrc: self,
        styleSrc: self,
      },
      strictTransportSecurity: false, // There is no TLS here that a browser could insist on.
      xFrameOptions: 'DENY',
      // With no-referrer a browser sends our own forms as from nowhere (`Origin: null`).
      referrerPolicy: 'same-origin',
    }),
  )
  app.notFound((context) => answerProblem(context, 404, 'There is nothing at this address.'))
  app.onError((error, context) => {
    if (error instanceof HTTPException) return error.getResponse()
    if (error instanceof UnknownPlaceError) {
      return answerProblem(context, 400, `after: ${error.message}`)
    }
    journal.write('REQUEST_FAILED', { path: context.req.path, problem: error.message })
    return answerProblem(
      context,
      503,
      'The archiver cannot answer right now; its journal says why.',
    )
  })
  return app
}

/** The pages and what scripts read, for those who may. */
export function guardedRoutes(archiver: PageArchiver, access: PageAccess): Hono {
  const routes = new Hono()
  routes.use(onlyKnownHosts(access), onlyFromOwnPages)
  if (access.password !== null) routes.use(demandPassword(access.password))
  routes.route('/assets', assetRoutes())
  routes.use(async (context, next) => {
    await next()
    context.header('Cache-Control', 'no-store')
  })
  routes.route('/api', apiRoutes(archiver))
  routes.route('/', pageRoutes(archiver))
  routes.route('/', actionRoutes(archiver, createFormTokens(archiver.clock), authorOf(access)))
  return routes
}
