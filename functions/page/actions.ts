import { html } from 'hono/html'
import type { OperatorAnswer } from '../application/change-by-operator.ts'
import type { Question } from './action-page.ts'
import { holdFields, parseHoldForm } from './hold-form.ts'
import type { PageArchiver } from './page-archiver.ts'
import type { Form } from './read-form.ts'
import { idleNote } from './record-sections.ts'

/** What a person can do on the page: what is asked before, and what is done then. */
export interface Action {
  readonly name: string
  readonly question: (
    poolId: string,
    form: Form,
  ) => Pick<Question, 'title' | 'text' | 'button' | 'fields'>
  readonly perform: (archiver: PageArchiver, said: Said) => Promise<Outcome>
}

export interface Said {
  /** Empty if it is not about one pool. */
  readonly poolId: string
  /** Who says it, for the records. */
  readonly by: string
  readonly form: Form
}

export type Outcome =
  | { readonly kind: 'done'; readonly next: string }
  /** The form does not make sense. */
  | { readonly kind: 'ask-again'; readonly problem: string }
  /** The facts do not allow it. */
  | { readonly kind: 'refused'; readonly problem: string }

export const poolActions: readonly Action[] = [
  {
    name: 'hold',
    question: (poolId, form) => ({
      title: `Hold pool ${poolId}?`,
      text: 'It is not archived while the hold lasts, whatever the rule says. A later hold takes the place of an earlier one.',
      button: 'Hold the pool',
      fields: html`${holdFields(form)} ${idleNote()}`,
    }),
    perform: async (archiver, { poolId, by, form }) => {
      const hold = parseHoldForm(form, archiver.clock.now())
      if (typeof hold === 'string') return { kind: 'ask-again', problem: hold }
      return toOutcome('hold', poolId, await archiver.hold(poolId, { by, ...hold }))
    },
  },
  {
    name: 'release',
    question: (poolId) => ({
      title: `Release pool ${poolId}?`,
      text: 'The hold goes, and the rule decides again at once: the pool may be archived within a minute, and that cannot be undone.',
      button: 'Release the pool',
    }),
    perform: async (archiver, { poolId, by }) =>
      toOutcome('release', poolId, await archiver.release(poolId, by)),
  },
]

export const accountActions: readonly Action[] = [
  {
    name: 'pause',
    question: () => ({
      title: 'Pause archiving?',
      text: 'No archive request goes out until somebody resumes. Planning goes on, and requests that are on their way are followed to their end.',
      button: 'Pause archiving',
    }),
    perform: async (archiver, { by }) => {
      await archiver.pause(by)
      return { kind: 'done', next: '/' }
    },
  },
  {
    name: 'resume',
    question: () => ({
      title: 'Resume archiving?',
      text: 'Archive requests go out again, and archiving cannot be undone. The next sweep wakes the pools that waited.',
      button: 'Resume archiving',
    }),
    perform: async (archiver) => {
      await archiver.resume()
      return { kind: 'done', next: '/' }
    },
  },
]

function toOutcome(done: string, poolId: string, answer: OperatorAnswer): Outcome {
  switch (answer) {
    case 'done':
      return { kind: 'done', next: `/pools/${poolId}?done=${done}` }
    case 'too-late':
      return {
        kind: 'refused',
        problem: `Too late: the archive request of pool ${poolId} is on its way.`,
      }
    case 'already-archived':
      return { kind: 'refused', problem: `Pool ${poolId} is archived, and that cannot be undone.` }
  }
}
