import { html } from 'hono/html'
import { isReasonCode, reasons } from '../domain/reasons.ts'
import { states, type State } from '../domain/states.ts'
import type { Html } from './html.ts'
import { overviewAddress, type PoolQuery } from './pool-query.ts'

/** The states as links; how many need a person is said at once. */
export function stateLinks(current: State | null, attention: string | null): Html {
  const links = [null, ...states].map((state) => {
    const count = state === 'attention' && attention !== null
    const label = html`${state ?? 'all'}${count ? html` <span class="count">${attention}</span>` : ''}`
    const target = overviewAddress({ state })
    const id = `state-${state ?? 'all'}`
    return state === current
      ? html`<a id="${id}" href="${target}" aria-current="page">${label}</a>`
      : html`<a id="${id}" href="${target}">${label}</a>`
  })
  return html`<nav class="states" id="states" aria-label="State" data-live>${links}</nav>`
}

/** Every reason, in the order of the rule. */
const reasonCodes = Object.keys(reasons).filter(isReasonCode)

/** Narrows the list down to one reason. */
export function reasonForm({ state, reason, limit }: PoolQuery): Html {
  const options = reasonCodes.map(
    (code) =>
      html`<option value="${code}" ${code === reason ? 'selected' : ''}>${words(code)}</option>`,
  )
  return html`<form class="filter" method="get" action="/" role="search" aria-label="Filter">
    ${state === null ? '' : html`<input type="hidden" name="state" value="${state}" />`}
    <label for="reason">Reason</label>
    <select id="reason" name="reason">
      <option value="">any</option>
      ${options}
    </select>
    <button type="submit">Show</button>
    ${reason === null ? '' : html`<a href="${overviewAddress({ state, limit })}">Any reason</a>`}
  </form>`
}

/** `appeal-window` as `appeal window`. */
function words(code: string): string {
  return code.replaceAll('-', ' ')
}
