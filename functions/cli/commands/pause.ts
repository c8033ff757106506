import * as z from 'zod/mini'
import { pauseArchiving } from '../../application/pause-archiving.ts'
import { defineCommand } from '../command.ts'

/** The kill switch. */
export const pause = defineCommand({
  name: 'pause',
  summary: 'stop all archive requests, at once',
  description:
    'Nothing more is archived until "resume". It is read before every archive request; planning ' +
    'and following requests that are on their way go on. Pausing twice changes nothing.',
  arguments: [],
  options: [],
  examples: [['pause', 'stop archiving']],
  input: z.object({}),
  run: async ({ console: { dependencies, place }, operator }) => {
    await pauseArchiving(dependencies, operator)
    return {
      data: { paused: true },
      text: `Archiving is paused (${place}). Nothing is archived until "resume".`,
    }
  },
})
