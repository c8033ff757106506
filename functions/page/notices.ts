import { html } from 'hono/html'
import type { ArchiverStatus } from '../application/archiver-status.ts'
import { toIso, type Instant } from '../domain/instant.ts'
import { minute } from './moment.ts'
import type { Html } from './html.ts'

/** What a person should read before anything else. */
export function notices(status: ArchiverStatus): Html {
  return html`${textsOf(status).map(([look, text]) => html`<p class="notice ${look}">${text}</p>`)}`
}

function textsOf({
  observing,
  paused,
  deniedSince,
  overLimit,
}: ArchiverStatus): readonly (readonly [look: 'calm' | 'warning', text: string])[] {
  return [
    observing && calm('Observing only: nothing is archived (ARCHIVE_MODE=observe).'),
    paused &&
      warning(
        `Paused by an operator: nothing is archived. ${paused.by}, since ${write(paused.since)} UTC.`,
      ),
    deniedSince !== null &&
      warning(
        `Toloka has not accepted the token since ${toIso(deniedSince)}. ` +
          'Mend TOLOKA_TOKEN and start again; everything keeps its place.',
      ),
    overLimit &&
      warning(
        `Today's limit of ${overLimit.limit} archive requests is reached (MAX_ARCHIVES_PER_DAY): ` +
          `put off to the next day so far: ${overLimit.deferred}.`,
      ),
  ].filter((notice) => notice !== null && notice !== false)
}

function calm(text: string): readonly ['calm', string] {
  return ['calm', text]
}

function warning(text: string): readonly ['warning', string] {
  return ['warning', text]
}

function write(instant: Instant): string {
  return minute(toIso(instant))
}
