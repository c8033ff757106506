import { html } from 'hono/html'
import { describeDistance } from '../domain/distance.ts'
import type { Instant } from '../domain/instant.ts'
import type { Html } from './html.ts'

/** To the minute, such as `2026-01-05 10:10`. All times on the page are UTC. */
export function minute(iso: string): string {
  return iso.slice(0, 16).replace('T', ' ')
}

/** To the minute, with how far away it is. */
export function moment(iso: string | null, now?: Instant): Html {
  if (iso === null) return html`<span class="none">–</span>`
  const away =
    now === undefined ? '' : html` <small>${describeDistance(Date.parse(iso), now)}</small>`
  return html`<time datetime="${iso}">${minute(iso)}</time>${away}`
}
