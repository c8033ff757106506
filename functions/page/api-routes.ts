import { Hono } from 'hono'
import { viewPool, viewPoolDetail } from '../application/pool-view.ts'
import type { PageArchiver } from './page-archiver.ts'
import { answerProblem } from './answer-problem.ts'
import { parsePoolQuery } from './pool-query.ts'

/** What scripts read. The shapes are stable. */
export function apiRoutes({ clock, store }: Pick<PageArchiver, 'clock' | 'store'>): Hono {
  const routes = new Hono()
  routes.get('/pools', async (context) => {
    const query = parsePoolQuery(context, clock.now())
    if (typeof query === 'string') return answerProblem(context, 400, query)
    const { records, next } = await store.list(query)
    return context.json({ pools: records.map(viewPool), next })
  })
  routes.get('/pools/:id', async (context) => {
    const record = await store.get(context.req.param('id'))
    if (record === null) return answerProblem(context, 404, 'The archiver knows no such pool.')
    return context.json(viewPoolDetail(record))
  })
  return routes
}
