import { html } from 'hono/html'
import { toOutcome, type Action } from './action.ts'
import { holdFields, parseHoldForm } from './hold-form.ts'
import { idleNote } from './record-sections.ts'
import { archiveNowAction } from './archive-now-action.ts'

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
  archiveNowAction,
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
