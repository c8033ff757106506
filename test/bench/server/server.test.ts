import { DatabaseSync } from 'node:sqlite'
import { afterAll, expect, test } from '@jest/globals'
import { killAll } from '../../local/archiver-process.ts'
import { bareFileOf, loadServers } from './load-servers.ts'

afterAll(killAll)

function count(path: string, sql: string): unknown {
  const database = new DatabaseSync(path, { readOnly: true })
  try {
    return database.prepare(sql).get()?.['count']
  } finally {
    database.close()
  }
}

test('Whatever either server answered by 200 is in its file, each webhook by itself', async () => {
  const stored = { ours: 0 as unknown, bare: 0 as unknown }
  const { ours, bare, accepted } = await loadServers(
    { rounds: 1, warmUps: 0, seconds: 0.1, connections: 4, pools: 5_000, isLooking: false },
    (ground) => {
      const hints = `select count(*) as count from wake_ups where cause = 'hint'`
      stored.ours = count(ground.dataFile, hints)
      stored.bare = count(bareFileOf(ground), 'select count(*) as count from deliveries')
    },
  )
  expect([ours.length, bare.length]).toEqual([1, 1])
  expect(accepted.ours).toBeGreaterThanOrEqual(4)
  expect(stored).toEqual(accepted)
})
