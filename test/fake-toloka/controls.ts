import { Hono } from 'hono'
import * as z from 'zod'
import type { TolokaModel } from './model.ts'

const newPool = z.strictObject({
  id: z.string().optional(),
  private_name: z.string().optional(),
  private_comment: z.string().optional(),
  project_id: z.string().optional(),
})

const closing = z.object({ reason: z.string().default('COMPLETED') })

/** Routes for a person at the controls: what people and Tolokers do, without Toloka's own rules. */
export function controlRoutes(model: TolokaModel): Hono {
  const controls = new Hono()
  controls.get('/violations', (context) =>
    context.json({ violations: model.violations, races: model.races }),
  )
  controls.get('/pools', (context) =>
    context.json({ pools: model.poolIds.map((id) => summary(model, id)) }),
  )
  controls.post('/pools', async (context) => {
    const { id, ...settings } = newPool.parse(await bodyOf(context.req.raw))
    const set = Object.entries(settings).filter(([, value]) => value !== undefined)
    const history = id === undefined ? {} : { id }
    const poolId = model.createPool(Object.fromEntries(set), history)
    return context.json(summary(model, poolId), 201)
  })
  controls.post('/pools/:id/open', (context) => {
    model.openPool(context.req.param('id'))
    return context.json(summary(model, context.req.param('id')))
  })
  controls.post('/pools/:id/close', async (context) => {
    const { reason } = closing.parse(await bodyOf(context.req.raw))
    model.closePool(context.req.param('id'), reason)
    return context.json(summary(model, context.req.param('id')))
  })
  controls.post('/pools/:id/assignments', (context) =>
    context.json({ assignmentId: model.startAssignment(context.req.param('id')) }, 201),
  )
  controls.post('/assignments/:id/submit', (context) => {
    model.submit(context.req.param('id'))
    return context.json({ assignmentId: context.req.param('id') })
  })
  controls.onError((error, context) => context.json({ error: error.message }, 400))
  return controls
}

async function bodyOf(request: Request): Promise<unknown> {
  const text = await request.text()
  return text === '' ? {} : JSON.parse(text)
}

function iso(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString()
}

function summary(model: TolokaModel, poolId: string): object {
  return {
    poolId,
    status: model.statusOf(poolId),
    earliestAllowedAt: iso(model.earliestAllowedAt(poolId)),
    archivedAt: iso(model.archivedAt(poolId)),
    archiveRequests: model.archiveRequestsOf(poolId).length,
    requests: model.requests.byPool.get(poolId) ?? 0,
  }
}
