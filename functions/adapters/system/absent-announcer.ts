import type { Announcer } from '../../application/ports.ts'

/**
 * Announces nothing, so that what there is to say stays in the outbox: the archiver says it with
 * its next step. For a command that is gone before anybody could read its journal.
 */
export const absentAnnouncer: Announcer = {
  announce: async () => {
    throw new Error('Left to the archiver.')
  },
}
