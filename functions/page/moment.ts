import { html } from 'hono/html'
import { dayMs, hourMs, minuteMs, type Instant } from '../domain/instant.ts'
import type { Html } from './html.ts'

const units = [
  [dayMs, 'day'],
  [hourMs, 'hour'],
  [minuteMs, 'minute'],
] as const

/** To the minute, such as `2026-01-05 10:10`. All times on the page are UTC. */
export function minute(iso: string): string {
  return iso.slice(0, 16).replace('T', ' ')
}

/** To the minute, with how far away it is. */
export function moment(iso: string | null, now?: Instant): Html {
  if (iso === null) return html`<span class="none">–</span>`
  const away = now === undefined ? '' : html` <small>${distance(Date.parse(iso), now)}</small>`
  return html`<time datetime="${iso}">${minute(iso)}</time>${away}`
}

/** Such as `in 3 days` or `2 hours ago`, rounded down. */
function distance(instant: Instant, now: Instant): string {
  const lengthMs = Math.abs(instant - now)
  const [unitMs, name] = units.find(([ms]) => lengthMs >= ms) ?? [minuteMs, 'minute']
  const count = Math.floor(lengthMs / unitMs)
  if (count === 0) return 'now'
  const length = `${count} ${name}${count === 1 ? '' : 's'}`
  return instant > now ? `in ${length}` : `${length} ago`
}
