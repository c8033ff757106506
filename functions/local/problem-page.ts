import { html } from 'hono/html'
import type { ArchiverStatus } from '../runtime/local.ts'
import { page, type Html } from './page.ts'

export interface Problem {
  readonly title: string
  /** What happened. */
  readonly text: string
  /** A pool that can be explained although it cannot be shown. */
  readonly explainable?: string
}

/** Why there is not the page that was asked for. */
export function problemPage(status: ArchiverStatus, { title, text, explainable }: Problem): Html {
  return page(
    title,
    status,
    html`<p><a href="/">All pools</a></p>
      <h2>${title}</h2>
      <p class="lead">${text}</p>
      ${
        explainable === undefined
          ? ''
          : html`<p>
              <a href="/pools/${explainable}/explain">Ask Toloka about this pool, and explain</a>
            </p>`
      }`,
  )
}
