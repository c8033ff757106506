import { Hono, type Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { isPoolId } from '../domain/pool.ts'
import type { LocalArchiver } from '../runtime/local.ts'
import { explainPage } from './explain-page.ts'
import { overviewPage } from './overview-page.ts'
import { poolPage } from './pool-page.ts'
import { parsePoolQuery, writePoolQuery } from './pool-query.ts'
import { problemPage, type Problem } from './problem-page.ts'

/** What people read. */
export function pageRoutes({ clock, store, explain, readStatus }: LocalArchiver): Hono {
  async function answer(
    context: Context,
    status: ContentfulStatusCode,
    problem: Problem,
  ): Promise<Response> {
    return context.html(problemPage(await readStatus(), problem), status)
  }

  const routes = new Hono()
  routes.get('/', async (context) => {
    const query = parsePoolQuery(context, clock.now())
    if (typeof query === 'string') {
      return answer(context, 400, { title: 'No such list', text: query })
    }
    const { records, next } = await store.list(query)
    const nextQuery = next === null ? null : writePoolQuery(query, next)
    const { state } = query
    return context.html(overviewPage({ status: await readStatus(), records, state, nextQuery }))
  })

  routes.get('/pools/:id', async (context) => {
    const poolId = context.req.param('id')
    const record = await store.get(poolId)
    if (record !== null) return context.html(poolPage(await readStatus(), record))
    return answer(context, 404, {
      title: 'Not seen yet',
      text: `The archiver knows no pool ${poolId}.`,
      ...(isPoolId(poolId) ? { explainable: poolId } : {}),
    })
  })

  routes.get('/pools/:id/explain', async (context) => {
    const poolId = context.req.param('id')
    if (!isPoolId(poolId)) {
      return answer(context, 404, { title: 'No such pool', text: 'The id of a pool is digits.' })
    }
    const explanation = await explain(poolId)
    const { found, trouble } = explanation
    if (found) return context.html(explainPage(await readStatus(), explanation, found))
    const title = `Toloka did not say enough about pool ${poolId}`
    return answer(context, 502, { title, text: trouble?.message ?? '' })
  })
  return routes
}
