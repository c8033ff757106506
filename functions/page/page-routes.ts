import { Hono, type Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { anyRecord } from '../application/record-query.ts'
import { viewExplanation } from '../application/explanation-view.ts'
import { isPoolId } from '../domain/pool.ts'
import { doneText } from './done-text.ts'
import { explainPage } from './explain-page.ts'
import { isForeign } from './own-origin.ts'
import { overviewPage } from './overview-page.ts'
import type { PageArchiver } from './page-archiver.ts'
import { poolPage } from './pool-page.ts'
import { parsePoolQuery } from './pool-query.ts'
import { problemPage, type Problem } from './problem-page.ts'
import { readFrame } from './read-frame.ts'

/** Beyond this nobody counts. */
const countLimit = 99

/** What people read. */
export function pageRoutes(archiver: PageArchiver): Hono {
  const { clock, store, explain } = archiver

  async function answer(
    context: Context,
    status: ContentfulStatusCode,
    problem: Problem,
  ): Promise<Response> {
    return context.html(problemPage(await readFrame(archiver), problem), status)
  }

  async function countAttention(): Promise<string | null> {
    const { records, next } = await store.list({
      ...anyRecord,
      state: 'attention',
      limit: countLimit,
    })
    if (records.length === 0) return null
    return next === null ? String(records.length) : `${countLimit}+`
  }

  const routes = new Hono()
  routes.get('/', async (context) => {
    const query = parsePoolQuery(context, clock.now())
    if (typeof query === 'string') {
      return answer(context, 400, { title: 'No such list', text: query })
    }
    const { records, next } = await store.list(query)
    const attention = await countAttention()
    const model = { query, records, next, attention }
    return context.html(overviewPage(await readFrame(archiver), model))
  })

  routes.get('/pools/:id', async (context) => {
    const poolId = context.req.param('id')
    const record = await store.get(poolId)
    if (record !== null) {
      const frame = await readFrame(archiver)
      return context.html(poolPage(frame, record, doneText(context.req.query('done'), record)))
    }
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
    // It asks Toloka, so no other site may make a browser load it again and again.
    if (isForeign(context)) return context.redirect(`/pools/${poolId}`, 303)
    const explanation = await explain(poolId)
    const status = explanation.found === null ? 502 : 200
    return context.html(
      explainPage(await readFrame(archiver), viewExplanation(explanation)),
      status,
    )
  })
  return routes
}
