import { DatabaseSync } from 'node:sqlite'
import { expect, test } from '@jest/globals'
import { workOffWakeUps, type Worked } from './work-off-wake-ups.ts'

/** As the archiver handles wake-ups side by side. */
const atOnce = 8
const records = 80
const wakeUps = (records * 4) / 10

const tables = ['records', 'wake_ups', 'dead_letters', 'account']

function readAll(path: string) {
  const database = new DatabaseSync(path, { readOnly: true })
  try {
    return tables.map((table) => database.prepare(`select * from ${table}`).all())
  } finally {
    database.close()
  }
}

/** How often what was written, by the first words of the statement. */
function countWrites({ writes }: Worked): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const write of writes) {
    const name = write.kind === 'run' ? write.sql.trim().split(/\s+/, 3).join(' ') : write.kind
    counts[name] = (counts[name] ?? 0) + 1
  }
  return counts
}

test.each([
  ['outdated', 1, { 'delete from wake_ups': wakeUps }],
  [
    'put-off',
    3,
    {
      'update records set': wakeUps,
      'insert into wake_ups': wakeUps,
      'delete from wake_ups': wakeUps,
    },
  ],
] as const)('Each wake-up that is %s costs %i rows', async (kind, each, rows) => {
  type Tables = ReturnType<typeof readAll>
  const found: Record<'ours' | 'raw', Tables[]> = { ours: [], raw: [] }
  const worked = await workOffWakeUps({ kind, records, rounds: 1, warmUps: 0 }, (who, path) =>
    found[who].push(readAll(path)),
  )
  expect(worked.wakeUps).toBe(wakeUps)
  const commits = (each * wakeUps) / atOnce
  expect(countWrites(worked)).toEqual({ ...rows, begin: commits, commit: commits })
  // SQLite alone has written the very same.
  expect(found.raw).toEqual([found.ours[0]])
  const [stored = [], left] = found.ours[0] ?? []
  expect(left).toHaveLength(wakeUps)
  const putOff = stored.filter(({ reason }) => reason === 'access-denied')
  expect(putOff).toHaveLength(kind === 'put-off' ? wakeUps : 0)
})
