import { Hono, type Context, type MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { LocalArchiver } from '../runtime/local.ts'
import { answerProblem } from '../page/answer-problem.ts'

/** Toloka's notifications are small; anything larger is not one. */
export const deliveryLimitBytes = 256 * 1024

/** Where Toloka's webhook deliveries come in. */
export function webhookRoute({ receiveDelivery, journal }: LocalArchiver): Hono {
  const route = new Hono()
  if (receiveDelivery === null) {
    return route.all((context) =>
      answerProblem(context, 404, 'The webhook is off: TOLOKA_WEBHOOK_SECRET is not set.'),
    )
  }
  /** The sender is gone, so nobody reads the answer; it is no failure of ours. */
  const abandon = (context: Context): Response => {
    journal.write('REQUEST_ABANDONED', { path: context.req.path })
    return answerProblem(context, 400, 'The request broke off.')
  }
  route.post(limitDelivery(abandon), async (context) => {
    const body = await context.req.arrayBuffer().catch(() => null)
    if (body === null) return abandon(context)
    const { status, problem } = await receiveDelivery({
      contentType: context.req.header('content-type') ?? null,
      signature: context.req.header('toloka-signature') ?? null,
      body: new Uint8Array(body),
    })
    if (problem !== null) return answerProblem(context, status, problem)
    return context.json({ status: 'ok' }, status)
  })
  return route.all((context) => {
    context.header('Allow', 'POST')
    return answerProblem(context, 405, 'Deliveries come by POST.')
  })
}

const limitBody = bodyLimit({
  maxSize: deliveryLimitBytes,
  onError: (context) => {
    // The rest of the body is not read, so nothing can follow on this connection.
    context.header('Connection', 'close')
    return answerProblem(context, 413, 'A delivery has at most 256 KiB.')
  },
})

/**
 * To look at a body before it is read makes a stream of it, which costs as much as all the rest of
 * a delivery. Where its length is stated, Node reads no more of it than that.
 */
function limitDelivery(abandon: (context: Context) => Response): MiddlewareHandler {
  return async (context, next) => {
    const statedBytes = Number(context.req.header('content-length') ?? Infinity)
    const isChunked = context.req.header('transfer-encoding') !== undefined
    if (statedBytes <= deliveryLimitBytes && !isChunked) return next()
    try {
      return await limitBody(context, next)
    } catch {
      // What comes after it does not throw through it, so its own reading did.
      return abandon(context)
    }
  }
}
