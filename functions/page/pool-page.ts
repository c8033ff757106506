import { html } from 'hono/html'
import { viewRecord } from '../application/explanation-view.ts'
import { toIso, type Instant } from '../domain/instant.ts'
import { reasons } from '../domain/reasons.ts'
import type { ArchivalRecord } from '../domain/record.ts'
import { appealWindowMs } from '../domain/waits.ts'
import { stateBadge } from './badge.ts'
import { facts } from './facts.ts'
import type { Html } from './html.ts'
import { instantsOf, lifeLineOf } from './life-line.ts'
import { moment } from './moment.ts'
import { page, type Frame } from './page.ts'
import { recordSections } from './record-sections.ts'
import { axisAround } from './time-axis.ts'
import { axisHeader, legend, timeline } from './timeline.ts'

/**
 * One pool: what is known, what happened, and what comes next.
 *
 * @param done what a form has just done, in words; null if nothing
 */
export function poolPage(frame: Frame, record: ArchivalRecord, done: string | null): Html {
  const { poolId, pool, reason, detail } = record
  const { now } = frame
  const line = lifeLineOf(record)
  const axis = axisAround(instantsOf(line), now)
  return page(
    `Pool ${poolId}`,
    frame,
    html`${poolHeading(poolId, pool?.privateName ?? null)}
      ${done === null ? '' : html`<p class="notice done" role="status">${done}</p>`}
      <div id="pool" data-live>
        <p class="lead">${stateBadge(record)} ${reasons[reason]} ${detail ?? ''}</p>
        ${actions(record)}
        <div class="panel">${axisHeader(axis)} ${timeline(line, axis)} ${legend()}</div>
        ${factsOf(record, now)} ${recordSections(viewRecord(record), now)}
      </div>`,
    { isLive: true },
  )
}

/** The way back, and the name with the id. */
export function poolHeading(poolId: string, name: string | null): Html {
  return html`<nav aria-label="Way back"><a href="/">All pools</a></nav>
    <h1>${name ?? 'Pool'} <small>${poolId}</small></h1>`
}

function actions({ poolId, state, hold }: ArchivalRecord): Html {
  const isOpen = state !== 'archived'
  const link = (action: string, label: string): Html =>
    html`<a class="button" id="to-${action}" href="/pools/${poolId}/${action}">${label}</a>`
  return html`<p class="actions">
    ${link('explain', 'Ask Toloka now, line by line')}
    ${isOpen ? link('hold', hold ? 'Change the hold…' : 'Hold…') : ''}
    ${isOpen && hold ? link('release', 'Release…') : ''}
    ${isOpen ? link('archive-now', 'Archive now…') : ''}
  </p>`
}

function factsOf({ dueAt, pool }: ArchivalRecord, now: Instant): Html {
  const appeals = pool?.newestRejectionAt ?? null
  return facts([
    ['Next look', moment(iso(dueAt), now)],
    ['Project', pool?.projectId ?? null],
    ['Status at Toloka', pool?.status ?? null],
    ['Close reason', pool?.lastCloseReason ?? null],
    ['Closed', moment(iso(pool?.lastStoppedAt ?? null), now)],
    ['Newest rejection', moment(iso(appeals), now)],
    ['Appeals end', moment(iso(appeals === null ? null : appeals + appealWindowMs), now)],
    ['Read from Toloka', moment(iso(pool?.readAt ?? null), now)],
  ])
}

function iso(instant: Instant | null): string | null {
  return instant === null ? null : toIso(instant)
}
