import { html } from 'hono/html'
import { reasons } from '../domain/reasons.ts'
import type { ArchivalRecord } from '../domain/record.ts'
import { states, type State } from '../domain/states.ts'
import type { ArchiverStatus } from '../runtime/local.ts'
import { badge, moment, page, type Html } from './page.ts'

export interface OverviewModel {
  readonly status: ArchiverStatus
  readonly records: readonly ArchivalRecord[]
  /** Null: all states. */
  readonly state: State | null
  /** The query of the page that follows; null if this is the last. */
  readonly nextQuery: string | null
}

/** All pools, with why each is where it is and when it is looked at again. */
export function overviewPage({ status, records, state, nextQuery }: OverviewModel): Html {
  const links = [null, ...states].map((name) => filterLink(name, state))
  return page(
    'Pools',
    status,
    html`<nav aria-label="State">${links}</nav>
      ${records.length === 0 ? html`<p class="empty">No pools here yet.</p>` : poolTable(records)}
      ${nextQuery === null ? '' : html`<p><a href="/?${nextQuery}">More pools</a></p>`}`,
  )
}

function filterLink(name: State | null, current: State | null): Html {
  const label = name ?? 'all'
  const target = name ? `/?state=${name}` : '/'
  return name === current
    ? html`<a href="${target}" aria-current="page">${label}</a> `
    : html`<a href="${target}">${label}</a> `
}

function poolTable(records: readonly ArchivalRecord[]): Html {
  return html`<table class="pools">
    <thead>
      <tr>
        <th scope="col">Pool</th>
        <th scope="col">State</th>
        <th scope="col">Why</th>
        <th scope="col">Next look (UTC)</th>
      </tr>
    </thead>
    <tbody>
      ${records.map(
        ({ poolId, pool, state, warning, reason, dueAt }) =>
          html`<tr>
            <td>
              <a href="/pools/${poolId}">${poolId}</a>
              ${pool?.privateName ?? ''}
            </td>
            <td>${badge(warning ? `${state} !` : state, state)}</td>
            <td>${reasons[reason]}</td>
            <td data-label="Next look (UTC)">${moment(dueAt)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`
}
