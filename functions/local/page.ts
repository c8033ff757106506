import { html, raw } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'
import type { ExplainedRow } from '../domain/explain-rule.ts'
import { toIso, type Instant } from '../domain/instant.ts'
import type { State } from '../domain/states.ts'
import type { ArchiverStatus } from '../runtime/local.ts'
import { stylesheet } from './stylesheet.ts'

export type Html = HtmlEscapedString | Promise<HtmlEscapedString>

/** A page with the notices that a person should read before anything else. */
export function page(
  title: string,
  { observing, paused, deniedSince }: ArchiverStatus,
  body: Html,
): Html {
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
              : notice(
                  `Toloka has not accepted the token since ${toIso(deniedSince)}. ` +
                    'Mend TOLOKA_TOKEN and start again; everything keeps its place.',
                )
          }
          ${body}
        </main>
      </body>
    </html>`
}

function notice(text: string): Html {
  return html`<p class="notice" role="status">${text}</p>`
}

export function badge(label: string, look: State | ExplainedRow['outcome']): Html {
  return html`<span class="badge ${look}">${label}</span>`
}

export function fact(name: string, value: Html | string): Html {
  return html`<div>
    <dt>${name}</dt>
    <dd>${value}</dd>
  </div>`
}

/** To the minute, UTC. */
export function moment(instant: Instant | null): Html {
  if (instant === null) return html`<span class="none">–</span>`
  const iso = toIso(instant)
  return html`<time datetime="${iso}">${iso.slice(0, 16).replace('T', ' ')}</time>`
}
