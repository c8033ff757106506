import { html } from 'hono/html'
import type { Html } from './html.ts'
import { page, type Frame } from './page.ts'

/** A question to a person, and the form that says yes. */
export interface Question {
  readonly title: string
  /** What will happen. */
  readonly text: Html | string
  /** Where the form is sent, and a token that is good for that alone. */
  readonly action: string
  readonly token: string
  readonly button: string
  /** Where "no" leads. */
  readonly back: string
  readonly fields?: Html
  /** What was wrong with the form that was sent before; null if nothing was. */
  readonly problem?: string | null
}

/** Asks before anything is changed. */
export function actionPage(frame: Frame, question: Question): Html {
  const { title, text, action, token, button, back, fields = html``, problem = null } = question
  return page(
    title,
    frame,
    html`<h1>${title}</h1>
      <p class="lead">${text}</p>
      ${problem === null ? '' : html`<p class="notice warning" role="alert" id="problem">${problem}</p>`}
      <form class="question" method="post" action="${action}">
        <input type="hidden" name="token" value="${token}" />
        ${fields}
        <p class="actions">
          <button type="submit" class="button primary">${button}</button>
          <a class="button" href="${back}">Cancel</a>
        </p>
      </form>`,
  )
}
