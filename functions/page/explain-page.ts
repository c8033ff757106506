import { html } from 'hono/html'
import type { ExplanationView, FactsView, RuleRowView } from '../application/explanation-view.ts'
import type { Instant } from '../domain/instant.ts'
import type { ReasonCode } from '../domain/reasons.ts'
import { badge, stateBadge } from './badge.ts'
import { facts } from './facts.ts'
import type { Html } from './html.ts'
import { moment } from './moment.ts'
import { page, type Frame } from './page.ts'
import { poolHeading } from './pool-page.ts'
import { recordSections } from './record-sections.ts'

const outcomes = {
  passed: { mark: '✓', words: 'passed' },
  'stands-in-the-way': { mark: '✕', words: 'stands in the way' },
  'passed-over': { mark: '»', words: 'passed over' },
  'not-reached': { mark: '–', words: 'not reached' },
} as const satisfies Record<RuleRowView['outcome'], { mark: string; words: string }>

/** Why a pool is not archived, by what Toloka says now, and what the archiver knows of it. */
export function explainPage(frame: Frame, view: ExplanationView): Html {
  const { poolId, verdict, trouble, record, rule } = view
  const name = view.facts?.name ?? record?.name ?? null
  return page(
    `Pool ${poolId} explained`,
    frame,
    html`${poolHeading(poolId, name)}
    ${trouble === null ? '' : html`<p class="notice warning">Toloka could not be asked: ${trouble}</p>`}
    ${verdict === null ? '' : html`<p class="lead">${verdict.text}</p>`}
    ${knownState(poolId, record)}
    ${view.facts === null ? '' : factsSection(view, view.facts, frame.now)}
    ${rule.length === 0 ? '' : ruleSection(rule)}
    ${record === null ? '' : recordSections(record, frame.now)}`,
  )
}

function knownState(poolId: string, record: ExplanationView['record']): Html {
  if (record === null) return html`<p>The archiver has no record of this pool yet.</p>`
  return html`<p>
    <a href="/pools/${poolId}">The archiver's record</a>: ${stateBadge(record)} ${record.text}
    ${record.detail ?? ''} Next look: ${moment(record.dueAt)}
  </p>`
}

function factsSection({ rule, verdict }: ExplanationView, known: FactsView, now: Instant): Html {
  const wasAsked = (line: ReasonCode): boolean =>
    rule.some(({ reason, outcome }) => reason === line && outcome !== 'not-reached')
  const rejectedAt = known.newestRejectionAt
  return html`<section aria-labelledby="facts-title">
    <h2 id="facts-title">What Toloka says</h2>
    ${facts([
      ['Read', moment(known.readAt)],
      ['Rule waits until', moment(verdict?.until ?? null, now)],
      ['Status', known.status],
      ['Project', known.projectId],
      ['Close reason', known.closeReason],
      ['Started', moment(known.startedAt, now)],
      ['Closed', moment(known.closedAt, now)],
      [
        'Pending work',
        wasAsked('assignments-active') ? (known.pendingWork ?? 'none') : 'not asked',
      ],
      ['Newest rejection', wasAsked('appeal-window') ? moment(rejectedAt, now) : 'not asked'],
      ['Appeals end', moment(known.appealWindowEndsAt, now)],
    ])}
  </section>`
}

function ruleSection(rule: readonly RuleRowView[]): Html {
  return html`<section aria-labelledby="rule-title">
    <h2 id="rule-title">The rule</h2>
    <p class="soft">
      What could stand in the way, in this order. The first line that does decides; what comes after
      it is not asked. Looking here changes nothing.
    </p>
    <ol class="rule">
      ${rule.map(ruleRow)}
    </ol>
  </section>`
}

function ruleRow({ reason, text, outcome }: RuleRowView): Html {
  const { mark, words } = outcomes[outcome]
  return html`<li class="${outcome}">
    <span class="mark" aria-hidden="true">${mark}</span>
    <span><code>${reason}</code> ${outcome === 'stands-in-the-way' ? text : ''}</span>
    ${badge(words, outcome)}
  </li>`
}
