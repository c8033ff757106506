import type { Hono } from 'hono'
import { fromThisMachine, type PageAccess } from '../page/page-access.ts'
import { listen, type RunningServer } from '../page/http-server.ts'
import { createAnsweringApp, guardedRoutes } from '../page/page-app.ts'
import type { Config } from '../runtime/config.ts'
import type { LocalArchiver } from '../runtime/local.ts'
import { createWebhookListener } from './webhook-listener.ts'
import { webhookRoute } from './webhook-route.ts'

/**
 * The HTTP interface of the archiver on one machine. Toloka and whoever watches over the machine
 * come by any name; the pages have their guards.
 */
export function createApp(archiver: LocalArchiver, access: PageAccess = fromThisMachine): Hono {
  const app = createAnsweringApp(archiver.journal)
  app.get('/healthz', async (context) => {
    await archiver.checkHealth()
    return context.json({ status: 'ok' })
  })
  app.route('/webhooks/toloka', webhookRoute(archiver))
  app.route('/', guardedRoutes(archiver, access))
  return app
}

/**
 * Serves an archiver to all of them.
 *
 * @throws AddressError
 */
export function serve(
  archiver: LocalArchiver,
  { server, page }: Pick<Config, 'server' | 'page'>,
): Promise<RunningServer> {
  const app = createApp(archiver, { host: server.host, ...page })
  return listen(app, server.host, server.port, { before: createWebhookListener(archiver) })
}
