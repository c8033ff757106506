import { html } from 'hono/html'
import type { Html } from './html.ts'

/** Names with their values; null is nothing to show. */
export function facts(
  rows: readonly (readonly [name: string, value: Html | string | null])[],
): Html {
  return html`<dl class="facts">
    ${rows.map(
      ([name, value]) =>
        html`<div>
          <dt>${name}</dt>
          <dd>${value ?? html`<span class="none">–</span>`}</dd>
        </div>`,
    )}
  </dl>`
}
