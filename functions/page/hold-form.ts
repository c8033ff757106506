import { html } from 'hono/html'
import { toIso, type Instant } from '../domain/instant.ts'
import type { Hold } from '../domain/policy.ts'
import type { Html } from './html.ts'
import type { Form } from './read-form.ts'

const longestReason = 200

/** What a person says about a hold, or in words what is wrong with it. */
export function parseHoldForm(
  { reason = '', until = '' }: Form,
  now: Instant,
): Pick<Hold, 'reason' | 'until'> | string {
  if (reason === '') return 'Say why, for whoever asks later.'
  if (reason.length > longestReason) return `The reason has at most ${longestReason} characters.`
  if (until === '') return { reason, until: 'for-ever' }
  const end = parseMinute(until)
  if (end === null) return 'Write the end like 2026-12-31T18:00, in UTC, or leave it empty.'
  return end > now ? { reason, until: end } : 'The hold would have ended already.'
}

export function holdFields({ reason = '', until = '' }: Form): Html {
  return html`<p class="field">
      <label for="reason">Reason</label>
      <input
        id="reason"
        name="reason"
        value="${reason}"
        required
        maxlength="${longestReason}"
        autocomplete="off"
      />
    </p>
    <p class="field">
      <label for="until">Until, in UTC (empty: until it is released)</label>
      <input id="until" name="until" type="datetime-local" value="${until}" />
    </p>`
}

/** What a browser makes of a date and a time; null for what is none, such as 31 February. */
function parseMinute(text: string): Instant | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(text)) return null
  const at = Date.parse(`${text}Z`)
  return Number.isFinite(at) && toIso(at).startsWith(text) ? at : null
}
