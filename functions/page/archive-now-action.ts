import { html } from 'hono/html'
import { TolokaError } from '../application/toloka-error.ts'
import { despites } from '../domain/override.ts'
import { reasons } from '../domain/reasons.ts'
import { toOutcome, type Action } from './action.ts'
import type { Html } from './html.ts'
import type { Form } from './read-form.ts'

/** Archives a pool as soon as Toloka's own rules allow it. */
export const archiveNowAction: Action = {
  name: 'archive-now',
  question: (poolId, form) => ({
    title: `Archive pool ${poolId} now?`,
    text:
      'It is archived as soon as Toloka allows it: without our own grace and margin, but never ' +
      'before the nine days of appeals are over, and never with pending work. Archiving cannot be undone.',
    button: 'Archive the pool',
    fields: despiteField(form),
  }),
  perform: async (archiver, { poolId, by, form }) => {
    const despite = despites.find((reason) => reason === form['despite']) ?? null
    try {
      const { answer, look } = await archiver.archiveNow(poolId, { by, despite })
      if (answer === 'only-watching') {
        return { kind: 'refused', problem: 'The archiver only watches (ARCHIVE_MODE=observe).' }
      }
      if (answer !== 'blocked') return toOutcome('archive-now', poolId, answer)
      const why = reasons[look.verdict.reason]
      return { kind: 'refused', problem: `Pool ${poolId} cannot be archived now: ${why}` }
    } catch (error) {
      if (!(error instanceof TolokaError)) throw error
      return { kind: 'refused', problem: `Toloka could not be asked: ${error.message}` }
    }
  },
}

function despiteField({ despite }: Form): Html {
  const options = despites.map(
    (reason) =>
      html`<option value="${reason}" ${reason === despite ? 'selected' : ''}>
        ${reason.replaceAll('-', ' ')}
      </option>`,
  )
  return html`<p class="field">
    <label for="despite">For an abandoned pool, in spite of</label>
    <select id="despite" name="despite">
      <option value="">nothing</option>
      ${options}
    </select>
  </p>`
}
