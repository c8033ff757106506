import * as z from 'zod/mini'
import { resumeArchiving } from '../../application/pause-archiving.ts'
import { defineCommand } from '../command.ts'

/** Ends a pause. */
export const resume = defineCommand({
  name: 'resume',
  summary: 'let archive requests go on after a pause',
  description:
    'Ends a pause. Pools that waited are woken by the next sweep. Resuming twice changes nothing.',
  arguments: [],
  options: [],
  examples: [['resume', 'go on archiving']],
  input: z.object({}),
  run: async ({ console: { dependencies, place } }) => {
    await resumeArchiving(dependencies)
    return {
      data: { paused: false },
      text: `Archiving goes on (${place}). The next sweep wakes what waited.`,
    }
  },
})
