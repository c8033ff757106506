import { html } from 'hono/html'
import type { ExplainedRow } from '../domain/explain-rule.ts'
import type { State } from '../domain/states.ts'
import type { Html } from './html.ts'

/** A word with a colour that says the same. */
export function badge(label: string, look: State | ExplainedRow['outcome']): Html {
  return html`<span class="badge ${look}">${label}</span>`
}

/** The state of a pool; `!` if a person should look at it. */
export function stateBadge({ state, warning }: { state: State; warning: boolean }): Html {
  return badge(warning ? `${state} !` : state, state)
}
