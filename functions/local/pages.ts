import { html, raw } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'
import { toIso, type Instant } from '../domain/instant.ts'
import { reasons } from '../domain/reasons.ts'
import type { ArchivalRecord } from '../domain/record.ts'
import { states, type State } from '../domain/states.ts'
import type { ArchiverStatus } from '../runtime/local.ts'
import { stylesheet } from './stylesheet.ts'

type Html = HtmlEscapedString | Promise<HtmlEscapedString>

export interface OverviewModel extends ArchiverStatus {
  readonly records: readonly ArchivalRecord[]
  readonly next: string | null
  readonly state: State | null
}

export interface PoolModel extends ArchiverStatus {
  readonly record: ArchivalRecord
}

/** All pools, with why each is where it is and when it is looked at again. */
export function overviewPage(model: OverviewModel): Html {
  const { records, next, state } = model
  const links = [null, ...states].map((name) => filterLink(name, state))
  const query = new URLSearchParams({
    ...(state ? { state } : {}),
    ...(next ? { after: next } : {}),
  })
  return page(
    'Pools',
    model,
    html`<nav aria-label="State">${links}</nav>
      ${records.length === 0 ? html`<p class="empty">No pools here yet.</p>` : poolTable(records)}
      ${next ? html`<p><a href="/?${query.toString()}">More pools</a></p>` : ''}`,
  )
}

/** One pool: what is known, what happened, and what comes next. */
export function poolPage(model: PoolModel): Html {
  const { record } = model
  const { poolId, pool, reason, detail, dueAt, operations, history } = record
  return page(
    `Pool ${poolId}`,
    model,
    html`<p><a href="/">All pools</a></p>
      <h2>${pool?.privateName ?? 'Pool'} <small>${poolId}</small></h2>
      <p class="lead">${badge(record)} ${reasons[reason]} ${detail ?? ''}</p>
      <dl>
        ${fact('Next look', moment(dueAt))} ${fact('Project', pool?.projectId ?? '–')}
        ${fact('Close reason', pool?.lastCloseReason ?? '–')}
        ${fact('Closed', moment(pool?.lastStoppedAt ?? null))}
        ${fact('Newest rejection', moment(pool?.newestRejectionAt ?? null))}
      </dl>
      <h3>Archive operations</h3>
      ${
        operations.length === 0
          ? html`<p class="empty">None.</p>`
          : html`<ul>
              ${operations.map(
                ({ id, status, submittedAt }) =>
                  html`<li><code>${id}</code> ${status} ${moment(submittedAt)}</li>`,
              )}
            </ul>`
      }
      <h3>History</h3>
      <ol>
        ${history.map(
          (entry) =>
            html`<li>
              ${moment(entry.at)} <strong>${entry.state}</strong>: ${reasons[entry.reason]}
              ${entry.detail ?? ''} ${entry.times > 1 ? `(${entry.times} times)` : ''}
            </li>`,
        )}
      </ol>`,
  )
}

function page(title: string, { observing, paused, deniedSince }: ArchiverStatus, body: Html): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} · Toloka pool archiver</title>
        <style>
          ${raw(stylesheet)}
        </style>
      </head>
      <body>
        <header><h1>Toloka pool archiver</h1></header>
        <main>
          ${observing ? notice('Observing only: nothing is archived (ARCHIVE_MODE=observe).') : ''}
          ${paused ? notice('Paused by an operator: nothing is archived.') : ''}
          ${
            deniedSince === null
              ? ''
              : notice(`Toloka does not accept the token since ${toIso(deniedSince)}.`)
          }
          ${body}
        </main>
      </body>
    </html>`
}

function notice(text: string): Html {
  return html`<p class="notice" role="status">${text}</p>`
}

function filterLink(name: State | null, current: State | null): Html {
  const label = name ?? 'all'
  const target = name ? `/?state=${name}` : '/'
  return name === current
    ? html`<a href="${target}" aria-current="page">${label}</a> `
    : html`<a href="${target}">${label}</a> `
}

function poolTable(records: readonly ArchivalRecord[]): Html {
  return html`<table>
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
        (record) =>
          html`<tr>
            <td>
              <a href="/pools/${record.poolId}">${record.poolId}</a>
              ${record.pool?.privateName ?? ''}
            </td>
            <td>${badge(record)}</td>
            <td>${reasons[record.reason]}</td>
            <td>${moment(record.dueAt)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`
}

function badge({ state, warning }: ArchivalRecord): Html {
  return html`<span class="badge ${state}">${state}${warning ? ' !' : ''}</span>`
}

function fact(name: string, value: Html | string): Html {
  return html`<div>
    <dt>${name}</dt>
    <dd>${value}</dd>
  </div>`
}

function moment(instant: Instant | null): Html {
  if (instant === null) return html`<span class="none">–</span>`
  const iso = toIso(instant)
  return html`<time datetime="${iso}">${iso.slice(0, 16).replace('T', ' ')}</time>`
}
