import { html } from 'hono/html'
import type { Explanation } from '../application/explain.ts'
import type { ExplainedRow } from '../domain/explain-rule.ts'
import { reasons } from '../domain/reasons.ts'
import type { ArchivalRecord } from '../domain/record.ts'
import type { ArchiverStatus } from '../runtime/local.ts'
import { badge, fact, moment, page, type Html } from './page.ts'

const words = {
  passed: 'passed',
  'passed-over': 'passed over',
  'stands-in-the-way': 'stands in the way',
  'not-reached': 'not reached',
} as const satisfies Record<ExplainedRow['outcome'], string>

/** The rule line by line, by what Toloka said of the pool just now. */
export function explainPage(
  status: ArchiverStatus,
  { poolId, record, readAt }: Explanation,
  { look, rows }: NonNullable<Explanation['found']>,
): Html {
  const { pool, verdict } = look
  return page(
    `Pool ${poolId} explained`,
    status,
    html`<p><a href="/">All pools</a></p>
      <h2>${pool.privateName ?? 'Pool'} <small>${poolId}</small></h2>
      <p class="lead">${reasons[verdict.reason]}</p>
      <dl>
        ${fact('Read from Toloka (UTC)', moment(readAt))} ${fact('Status at Toloka', pool.status)}
        ${fact('Rule waits until (UTC)', moment(verdict.action === 'wait' ? verdict.until : null))}
      </dl>
      ${knownState(poolId, record)}
      <table>
        <thead>
          <tr>
            <th scope="col">What could stand in the way, in this order</th>
            <th scope="col">Outcome</th>
          </tr>
        </thead>
        <tbody>
          ${rows.map(ruleRow)}
        </tbody>
      </table>
      <p class="empty">
        The first line that stands in the way decides; what comes after it is not asked. Looking
        here changes nothing.
      </p>`,
  )
}

function knownState(poolId: string, record: ArchivalRecord | null): Html {
  if (record === null) return html`<p>The archiver has no record of this pool yet.</p>`
  return html`<p>
    <a href="/pools/${poolId}">The archiver's record</a>: ${badge(record.state, record.state)}
    ${reasons[record.reason]}
  </p>`
}

function ruleRow({ reason, outcome }: ExplainedRow): Html {
  return html`<tr>
    <td>${reasons[reason]} <code>${reason}</code></td>
    <td>${badge(words[outcome], outcome)}</td>
  </tr>`
}
