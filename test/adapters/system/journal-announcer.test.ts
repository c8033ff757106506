import { expect, test } from '@jest/globals'
import { createJournalAnnouncer } from '../../../functions/adapters/system/journal-announcer.ts'
import type { Announcement } from '../../../functions/domain/record.ts'
import { recordJournal } from '../../local/recorded-journal.ts'

const planned: Announcement = {
  id: '17-3',
  kind: 'PoolArchivalPlanned',
  poolId: '17',
  reason: 'appeal-window',
  detail: null,
  dueAt: Date.UTC(2026, 0, 14, 11),
  at: Date.UTC(2026, 0, 5, 10),
}

test('Without anybody else to tell, the journal is told', async () => {
  const journal = recordJournal()
  const announcer = createJournalAnnouncer(journal)
  await announcer.announce(planned)
  await announcer.announce({ ...planned, id: '17-9', kind: 'PoolArchived', dueAt: null })

  const fields = { poolId: '17', reason: 'appeal-window' }
  expect(journal.entries).toEqual([
    {
      code: 'ANNOUNCEMENT',
      fields: {
        ...fields,
        id: '17-3',
        kind: 'PoolArchivalPlanned',
        dueAt: '2026-01-14T11:00:00.000Z',
      },
    },
    { code: 'ANNOUNCEMENT', fields: { ...fields, id: '17-9', kind: 'PoolArchived', dueAt: null } },
  ])
})
