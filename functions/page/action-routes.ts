import { Hono, type Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { actionPage, type Question } from './action-page.ts'
import type { Action } from './action.ts'
import { accountActions, poolActions } from './actions.ts'
import type { FormTokens } from './form-token.ts'
import type { PageArchiver } from './page-archiver.ts'
import { problemPage } from './problem-page.ts'
import { readForm, type Form } from './read-form.ts'
import { readFrame } from './read-frame.ts'
import { isPoolId } from '../domain/pool.ts'

/** The forms have a reason and a date. */
const formLimitBytes = 16 * 1024

/** Who does it, for the records. */
type AuthorOf = (context: Context) => string

/**
 * What people can change. Each address shows its question by GET and does it by POST, so it works
 * without JavaScript, and nothing is done by a link.
 */
export function actionRoutes(archiver: PageArchiver, tokens: FormTokens, authorOf: AuthorOf): Hono {
  const routes = new Hono()
  routes.post('*', bodyLimit({ maxSize: formLimitBytes }))
  for (const action of poolActions) {
    routes.on(['GET', 'POST'], `/pools/:id/${action.name}`, async (context) => {
      const poolId = context.req.param('id')
      if (isPoolId(poolId)) return answer(context, action, poolId, `/pools/${poolId}`)
      return refuse(context, 404, 'No such pool', 'The id of a pool is digits.')
    })
  }
  for (const action of accountActions) {
    routes.on(['GET', 'POST'], `/${action.name}`, (context) => answer(context, action, '', '/'))
  }
  return routes

  async function answer(
    context: Context,
    action: Action,
    poolId: string,
    back: string,
  ): Promise<Response> {
    if (context.req.method !== 'POST') return ask(context, action, poolId, back, {}, null)
    const form = await readForm(context)
    if (!tokens.isGood(form['token'] ?? '', context.req.path)) {
      const text = 'It is too old, or was not opened here. Nothing was changed. Open it again.'
      return refuse(context, 403, 'This form is not good any more', text)
    }
    const by = authorOf(context)
    const outcome = await action.perform(archiver, { poolId, by, form })
    switch (outcome.kind) {
      case 'done':
        return context.redirect(outcome.next, 303)
      case 'ask-again':
        return ask(context, action, poolId, back, form, outcome.problem)
      case 'refused':
        return refuse(context, 409, 'Nothing was changed', outcome.problem)
    }
  }

  async function ask(
    context: Context,
    { question }: Action,
    poolId: string,
    back: string,
    form: Form,
    problem: string | null,
  ): Promise<Response> {
    const action = context.req.path
    const asked: Question = {
      ...question(poolId, form),
      action,
      token: tokens.issue(action),
      back,
      problem,
    }
    const frame = await readFrame(archiver)
    return context.html(actionPage(frame, asked), problem === null ? 200 : 400)
  }

  async function refuse(
    context: Context,
    status: ContentfulStatusCode,
    title: string,
    text: string,
  ): Promise<Response> {
    return context.html(problemPage(await readFrame(archiver), { title, text }), status)
  }
}
