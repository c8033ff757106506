import { html } from 'hono/html'
import type { Html } from './html.ts'
import { page, type Frame } from './page.ts'

export interface Problem {
  readonly title: string
  /** What happened. */
  readonly text: string
  /** A pool that can be explained, or held, although it cannot be shown. */
  readonly explainable?: string
}

/** Why there is not the page that was asked for, or why something was not done. */
export function problemPage(frame: Frame, { title, text, explainable }: Problem): Html {
  return page(
    title,
    frame,
    html`<nav aria-label="Way back"><a href="/">All pools</a></nav>
      <h1>${title}</h1>
      <p class="lead">${text}</p>
      ${
        explainable === undefined
          ? ''
          : html`<p class="actions">
              <a class="button" href="/pools/${explainable}/explain"
                >Ask Toloka about this pool, and explain</a
              >
              <a class="button" href="/pools/${explainable}/hold">Hold it…</a>
            </p>`
      }`,
  )
}
