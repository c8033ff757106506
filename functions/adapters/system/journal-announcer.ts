import { toIso } from '../../domain/instant.ts'
import type { Announcer, Journal } from '../../application/ports.ts'

/** Announces in the journal, for an archiver that has nobody else to tell. */
export function createJournalAnnouncer(journal: Journal): Announcer {
  return {
    announce: async ({ id, kind, poolId, reason, dueAt }) => {
      const due = dueAt === null ? null : toIso(dueAt)
      journal.write('ANNOUNCEMENT', { id, kind, poolId, reason, dueAt: due })
    },
  }
}
