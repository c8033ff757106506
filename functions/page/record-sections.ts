import { html } from 'hono/html'
import type { RecordView } from '../application/explanation-view.ts'
import type { HistoryView, OperationView } from '../application/pool-view.ts'
import type { Instant } from '../domain/instant.ts'
import { reasons } from '../domain/reasons.ts'
import { badge } from './badge.ts'
import { facts } from './facts.ts'
import type { Html } from './html.ts'
import { moment } from './moment.ts'

/** What the archiver knows of a pool beside its state: hold, operations, last error, history. */
export function recordSections(record: RecordView, now: Instant): Html {
  const { hold, override, operations, lastError, history } = record
  return html`${hold ? holdSection(hold, now) : ''} ${override ? overrideNote(override) : ''}
    <section aria-labelledby="operations-title">
      <h2 id="operations-title">Archive operations</h2>
      ${
        operations.length === 0
          ? html`<p class="empty">None.</p>`
          : html`<ul class="cards">
              ${operations.map(operationItem)}
            </ul>`
      }
    </section>
    ${lastError ? errorSection(lastError) : ''}
    <section aria-labelledby="history-title">
      <h2 id="history-title">History</h2>
      <ol class="history" reversed>
        ${history.toReversed().map(historyItem)}
      </ol>
    </section>`
}

function holdSection(hold: NonNullable<RecordView['hold']>, now: Instant): Html {
  const { by, reason, since, until } = hold
  const isOver = until !== 'for-ever' && Date.parse(until) <= now
  return html`<section aria-labelledby="hold-title">
    <h2 id="hold-title">Hold ${isOver ? badge('expired', 'not-reached') : ''}</h2>
    ${facts([
      ['Reason', reason],
      ['By', by],
      ['Since', moment(since)],
      ['Until', until === 'for-ever' ? 'it is released' : moment(until, now)],
    ])}
    ${isOver ? html`<p class="soft">It keeps nothing any more.</p>` : idleNote()}
  </section>`
}

function overrideNote({ by, since, despite }: NonNullable<RecordView['override']>): Html {
  const inSpite = despite === null ? '' : `, in spite of ${despite}`
  return html`<p>
    To be archived as soon as Toloka allows it${inSpite}: ${by}, since ${moment(since)}.
  </p>`
}

/** Toloka's own habit, which no hold of ours can change. */
export function idleNote(): Html {
  return html`<p class="soft">
    Toloka itself archives idle pools after 30 or 90 days, hold or not. To keep one for longer,
    change it now and then.
  </p>`
}

function operationItem({
  operationId,
  status,
  submittedAt,
  finishedAt,
  progress,
  details,
  looks,
}: OperationView): Html {
  return html`<li>
    <p><code>${operationId}</code> <strong>${status}</strong></p>
    <p class="soft">
      submitted
      ${moment(submittedAt)}${finishedAt === null ? '' : html`, finished ${moment(finishedAt)}`}${progress === null ? '' : `, ${progress} %`}${looks > 1 ? `, looked at ${looks} times` : ''}
    </p>
    ${details === null ? '' : html`<p class="quote">${details}</p>`}
  </li>`
}

function errorSection(error: NonNullable<RecordView['lastError']>): Html {
  const { at, call, status, code, message, requestId } = error
  return html`<section aria-labelledby="error-title">
    <h2 id="error-title">Last error</h2>
    <p class="quote">${message}</p>
    ${facts([
      ['When', moment(at)],
      ['Request', call],
      ['Answer', [status, code].filter((part) => part !== null).join(' ') || null],
      ['For Toloka’s support', requestId],
    ])}
  </section>`
}

function historyItem({ at, state, reason, detail, times, lastAt }: HistoryView): Html {
  const often =
    times > 1 ? html` <span class="soft">(${times} times, last ${moment(lastAt)})</span>` : ''
  return html`<li>
    ${moment(at)}
    <p><strong>${state}</strong>: ${reasons[reason]} ${detail ?? ''}${often}</p>
  </li>`
}
