import { html } from 'hono/html'
import type { ArchiverStatus } from '../application/archiver-status.ts'
import { toIso, type Instant } from '../domain/instant.ts'
import { assetAddress } from './asset-routes.ts'
import type { Html } from './html.ts'
import { minute } from './moment.ts'
import { notices } from './notices.ts'

/** What stands around every page. */
export interface Frame {
  readonly status: ArchiverStatus
  readonly now: Instant
}

interface Looks {
  /** Kept up to date by the script, in its parts that are marked `data-live`. */
  readonly isLive?: boolean
}

/** A page with the notices that a person should read before anything else. */
export function page(
  title: string,
  { status, now }: Frame,
  body: Html,
  { isLive = false }: Looks = {},
): Html {
  const script = html`<script src="${assetAddress('refresh.js')}" defer></script>`
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} · Toloka pool archiver</title>
        <link rel="stylesheet" href="${assetAddress('style.css')}" />
        <link rel="icon" href="${assetAddress('icon.svg')}" type="image/svg+xml" />
        ${isLive ? script : ''}
      </head>
      <body>
        <a class="skip" href="#main">To the content</a>
        <header>
          <a class="brand" href="/">Toloka pool archiver</a>
          <div class="mode" id="mode" data-live>${mode(status)}</div>
        </header>
        <main id="main" tabindex="-1">
          <div id="notices" role="status" data-live>${notices(status)}</div>
          ${body}
        </main>
        <footer>
          <p>
            <span id="as-of" data-live>As of ${minute(toIso(now))}. All times are UTC.</span>
            ${isLive ? html`<noscript>Load the page again for news.</noscript>` : ''}
          </p>
          <p id="connection" role="alert"></p>
        </footer>
      </body>
    </html>`
}

function mode({ paused, observing }: ArchiverStatus): Html {
  if (paused) {
    return html`<span class="lamp off">Paused</span>
      <a class="button" id="to-resume" href="/resume">Resume…</a>`
  }
  return html`<span class="lamp ${observing ? 'half' : 'on'}">
      ${observing ? 'Observing' : 'Archiving'}
    </span>
    <a class="button" id="to-pause" href="/pause">Pause…</a>`
}
