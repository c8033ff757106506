import { html } from 'hono/html'
import type { FollowedOperation } from '../domain/operation.ts'
import { reasons } from '../domain/reasons.ts'
import type { ArchivalRecord, HistoryEntry } from '../domain/record.ts'
import type { ArchiverStatus } from '../runtime/local.ts'
import { badge, fact, moment, page, type Html } from './page.ts'

/** One pool: what is known, what happened, and what comes next. */
export function poolPage(status: ArchiverStatus, record: ArchivalRecord): Html {
  const { poolId, pool, state, warning, reason, detail, dueAt, operations, history } = record
  return page(
    `Pool ${poolId}`,
    status,
    html`<p><a href="/">All pools</a></p>
      <h2>${pool?.privateName ?? 'Pool'} <small>${poolId}</small></h2>
      <p class="lead">
        ${badge(warning ? `${state} !` : state, state)} ${reasons[reason]} ${detail ?? ''}
      </p>
      <dl>
        ${fact('Next look (UTC)', moment(dueAt))} ${fact('Project', pool?.projectId ?? '–')}
        ${fact('Close reason', pool?.lastCloseReason ?? '–')}
        ${fact('Closed (UTC)', moment(pool?.lastStoppedAt ?? null))}
        ${fact('Newest rejection (UTC)', moment(pool?.newestRejectionAt ?? null))}
      </dl>
      <p><a href="/pools/${poolId}/explain">Look now, and explain line by line</a></p>
      <h3>Archive operations</h3>
      ${
        operations.length === 0
          ? html`<p class="empty">None.</p>`
          : html`<ul>
              ${operations.map(operationItem)}
            </ul>`
      }
      <h3>History</h3>
      <ol>
        ${history.map(historyItem)}
      </ol>`,
  )
}

function operationItem({ id, status, submittedAt }: FollowedOperation): Html {
  return html`<li><code>${id}</code> ${status} ${moment(submittedAt)}</li>`
}

function historyItem({ at, state, reason, detail, times }: HistoryEntry): Html {
  return html`<li>
    ${moment(at)} <strong>${state}</strong>: ${reasons[reason]} ${detail ?? ''}
    ${times > 1 ? `(${times} times)` : ''}
  </li>`
}
