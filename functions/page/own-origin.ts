import type { Context, MiddlewareHandler } from 'hono'
import { answerProblem } from './answer-problem.ts'
import { hostOf } from './known-host.ts'

/**
 * Refuses what another site makes a browser send. It may lead a person here by a link, and that is
 * all: no forms, no frames, no pictures, no reading.
 */
export const onlyFromOwnPages: MiddlewareHandler = async (context, next) => {
  if (isChange(context) ? isFromOwnPage(context) : !isForeign(context) || isLink(context)) {
    return next()
  }
  return answerProblem(context, 403, 'Another site may not do this. Open the page itself.')
}

/** Whether a browser says that another site is behind this request. */
export function isForeign({ req }: Context): boolean {
  const site = req.header('sec-fetch-site') ?? 'none'
  return site !== 'same-origin' && site !== 'none'
}

function isChange({ req }: Context): boolean {
  return req.method !== 'GET' && req.method !== 'HEAD'
}

/** What is no browser sends neither header; it still has to know a token. */
function isFromOwnPage(context: Context): boolean {
  const site = context.req.header('sec-fetch-site') ?? 'same-origin'
  const origin = context.req.header('origin')
  const isOwnOrigin = origin === undefined || URL.parse(origin)?.host === hostOf(context)?.host
  return site === 'same-origin' && isOwnOrigin
}

function isLink({ req }: Context): boolean {
  return req.header('sec-fetch-mode') === 'navigate' && req.header('sec-fetch-dest') === 'document'
}
