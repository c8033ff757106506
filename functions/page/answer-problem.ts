import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'

/** Says to a program what is wrong. */
export function answerProblem(
  context: Context,
  status: ContentfulStatusCode,
  text: string,
): Response {
  return context.json({ problem: text }, status)
}
