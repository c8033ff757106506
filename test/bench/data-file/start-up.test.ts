import { DatabaseSync } from 'node:sqlite'
import { afterAll, expect, test } from '@jest/globals'
import { killAll } from '../../local/archiver-process.ts'
import { startOnRecords } from './start-up.ts'

afterAll(killAll)

test('The archiver starts on as many records as are said, with the wake-ups that belong to them', async () => {
  let found: unknown
  const starts = await startOnRecords(50, 1, ({ dataFile }) => {
    const database = new DatabaseSync(dataFile, { readOnly: true })
    found = database
      .prepare(
        `select state, count(*) as records, count(wake_ups.id) as wakeUps
        from records left join wake_ups using (pool_id, due_at) group by state order by state`,
      )
      .all()
    database.close()
  })
  expect(found).toEqual([
    expect.objectContaining({ state: 'archived', records: 30, wakeUps: 0 }),
    expect.objectContaining({ state: 'held', records: 5, wakeUps: 5 }),
    expect.objectContaining({ state: 'waiting', records: 15, wakeUps: 15 }),
  ])
  expect(starts).toEqual([
    { healthyAfterMs: expect.any(Number), peakMegabytes: expect.any(Number) },
  ])
})
