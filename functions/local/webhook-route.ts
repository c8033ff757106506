import { Hono, type MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { LocalArchiver } from '../runtime/local.ts'
import { answerProblem } from './answer-problem.ts'

/** Toloka's notifications are small; anything larger is not one. */
const deliveryLimitBytes = 256 * 1024

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
const limitDelivery: MiddlewareHandler = async (context, next) => {
  const statedBytes = Number(context.req.header('content-length') ?? Infinity)
  const isChunked = context.req.header('transfer-encoding') !== undefined
  if (statedBytes <= deliveryLimitBytes && !isChunked) return next()
  return limitBody(context, next)
}

/** Where Toloka's webhook deliveries come in. */
export function webhookRoute({ receiveDelivery }: LocalArchiver): Hono {
  const route = new Hono()
  if (receiveDelivery === null) {
    return route.all((context) =>
      answerProblem(context, 404, 'The webhook is off: TOLOKA_WEBHOOK_SECRET is not set.'),
    )
  }
  route.post(limitDelivery, async (context) => {
    const { status, problem } = await receiveDelivery({
      contentType: context.req.header('content-type') ?? null,
      signature: context.req.header('toloka-signature') ?? null,
      body: new Uint8Array(await context.req.arrayBuffer()),
    })
    if (problem !== null) return answerProblem(context, status, problem)
    return context.json({ status: 'ok' }, status)
  })
  return route.all((context) => {
    context.header('Allow', 'POST')
    return answerProblem(context, 405, 'Deliveries come by POST.')
  })
}
