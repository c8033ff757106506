import { html } from 'hono/html'
import { toIso } from '../domain/instant.ts'
import { reasons } from '../domain/reasons.ts'
import type { ArchivalRecord } from '../domain/record.ts'
import { stateBadge } from './badge.ts'
import type { Html } from './html.ts'
import { instantsOf, lifeLineOf } from './life-line.ts'
import { moment } from './moment.ts'
import { page, type Frame } from './page.ts'
import { reasonForm, stateLinks } from './pool-filter.ts'
import { overviewAddress, type PoolQuery } from './pool-query.ts'
import { axisAround, type TimeAxis } from './time-axis.ts'
import { axisHeader, legend, timeline } from './timeline.ts'

export interface OverviewModel {
  readonly query: PoolQuery
  readonly records: readonly ArchivalRecord[]
  /** Where the list goes on; null if it does not. */
  readonly next: string | null
  /** How many pools need a person, such as `3` or `99+`; null if none does. */
  readonly attention: string | null
}

/** All pools: why each is where it is, when it is looked at again, and its life on a line. */
export function overviewPage(frame: Frame, model: OverviewModel): Html {
  const { query, records, next, attention } = model
  const following = overviewAddress({ ...query, after: next })
  return page(
    'Pools',
    frame,
    html`<h1>Pools</h1>
      <div class="filters">${stateLinks(query.state, attention)} ${reasonForm(query)}</div>
      <div id="pools" data-live>
        ${records.length === 0 ? nothing(query, next) : poolList(records, frame)}
        ${next === null ? '' : html`<p><a id="more" href="${following}">More pools</a></p>`}
        ${query.after === null ? '' : html`<p><a id="first" href="${overviewAddress({ ...query, after: null })}">Back to the first</a></p>`}
      </div>`,
    { isLive: true },
  )
}

function nothing({ state, reason }: PoolQuery, next: string | null): Html {
  if (next !== null) return html`<p class="empty">None so far; there are more to look through.</p>`
  return state === null && reason === null
    ? html`<p class="empty">No pools here yet. The next sweep finds those that are closed.</p>`
    : html`<p class="empty">No pools here yet. <a id="all" href="/">Show all</a></p>`
}

function poolList(records: readonly ArchivalRecord[], { now }: Frame): Html {
  const axis = axisAround(
    records.flatMap((record) => instantsOf(lifeLineOf(record))),
    now,
  )
  return html`<div class="key"><div class="over">${axisHeader(axis)}</div></div>
    <ol class="pools">
      ${records.map((record) => poolRow(record, axis))}
    </ol>
    ${legend()}`
}

function poolRow(record: ArchivalRecord, axis: TimeAxis): Html {
  const { poolId, pool, reason, hold } = record
  return html`<li class="row">
    <div class="who">
      <h2>
        <a id="pool-${poolId}" href="/pools/${poolId}">${pool?.privateName ?? `Pool ${poolId}`}</a>
      </h2>
      <p class="soft">${poolId}${pool ? ` · project ${pool.projectId}` : ''}</p>
    </div>
    <div class="why">
      ${stateBadge(record)}
      <p>${reasons[reason]}${hold ? html` <span class="soft">“${hold.reason}”</span>` : ''}</p>
    </div>
    <div class="over">${timeline(lifeLineOf(record), axis)}</div>
    <div class="next">${nextStep(record, axis)}</div>
  </li>`
}

function nextStep(record: ArchivalRecord, { now }: TimeAxis): Html {
  const [label, instant] =
    record.state === 'archived'
      ? ['Archived', lifeLineOf(record).archivedAt]
      : ['Next look', record.dueAt]
  return html`<span class="soft">${label}</span>
    ${moment(instant === null ? null : toIso(instant), now)}`
}
