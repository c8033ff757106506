// A sweep of many pools that are all known, in a process of its own, for a test of its memory:
//   node large-sweep-process.ts <folder> <origin of Toloka> <pools>
// Prints what the sweep did and the most memory that the process ever had, as JSON.
import { DatabaseSync } from 'node:sqlite'
import { join } from 'node:path'
import { createAccountStore } from '../../functions/adapters/local/account-store.ts'
import { createArchivalStore } from '../../functions/adapters/local/archival-store.ts'
import { openDataFile } from '../../functions/adapters/local/open-data-file.ts'
import { createWakeUpQueue } from '../../functions/adapters/local/wake-up-queue.ts'
import { createTolokaClient } from '../../functions/adapters/toloka/client.ts'
import { sweep } from '../../functions/application/sweep.ts'
import { hourMs } from '../../functions/domain/instant.ts'
import { makeQuietRecord, start } from '../contract/records.ts'
import { defaultPolicy } from '../support/pools.ts'

const [, , folder = '', origin = '', pools = '0'] = process.argv
const path = join(folder, 'archiver.sqlite')
const clock = { now: () => start }

/** One transaction for all: a hundred thousand commits would take minutes. */
function fill(): void {
  openDataFile(path, { exclusive: true }).close()
  const database = new DatabaseSync(path)
  const insert = database.prepare(
    `insert into records (pool_id, version, state, reason, due_at, has_outbox, updated_at, body)
     values (?, 1, 'waiting', 'appeal-window', ?, 0, ?, ?)`,
  )
  const body = JSON.stringify(makeQuietRecord('1000000'))
  database.exec('begin')
  for (let number = 0; number < Number(pools); number += 1) {
    const poolId = String(1_000_000 + number)
    insert.run(poolId, start + 9 * 24 * hourMs, start, body.replace('1000000', poolId))
  }
  database.exec('commit')
  database.close()
}

async function run(): Promise<void> {
  fill()
  const dataFile = openDataFile(path, { exclusive: true })
  const result = await sweep(
    {
      clock,
      toloka: createTolokaClient({
        origin,
        token: async () => 'a-token-for-nobody',
        pace: { take: async () => {} },
      }),
      store: createArchivalStore(dataFile),
      account: createAccountStore(dataFile),
      wakeUps: createWakeUpQueue(dataFile, clock),
      announcer: { announce: async () => {} },
      journal: { write: () => {} },
      settings: {
        origin,
        observing: false,
        policy: defaultPolicy(),
        maxArchivesPerDay: 1_000,
        maxRequestsPerSecond: 20,
        sweepIntervalMs: hourMs,
      },
    },
    'local',
  )
  dataFile.close()
  const peakMiB = process.resourceUsage().maxRSS / 1_024
  process.stdout.write(JSON.stringify({ ...result, peakMiB }))
}

void run()
