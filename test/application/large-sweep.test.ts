import { execFile } from 'node:child_process'
import { createServer } from 'node:http'
import { resolve } from 'node:path'
import { promisify } from 'node:util'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from '@jest/globals'
import * as z from 'zod/mini'
import { openDataFile } from '../../functions/adapters/local/open-data-file.ts'
import { makeQuietRecord, start } from '../contract/records.ts'
import { startOptions } from '../support/start-options.ts'
import { makeTemporaryFolder } from '../support/temporary-folder.ts'

const measured = z.object({ result: z.unknown(), peakMiB: z.number() })

const pools = 100_000
const pageSize = 300
const firstId = 1_000_000
/** What is alive fits into it. On a busy machine V8 would let garbage pile up beside it. */
const smallHeap = '--max-old-space-size=40'

function poolNumbered(number: number): object {
  return {
    id: String(firstId + number),
    project_id: '1500',
    private_name: `Street signs, batch ${number}`,
    status: 'CLOSED',
    last_close_reason: 'COMPLETED',
    created: '2026-01-01T10:00:00.123',
    last_started: '2026-01-02T10:00:00.123',
    last_stopped: '2026-01-03T10:00:00.123',
    type: 'REGULAR',
    assignment_max_duration_seconds: 600,
    auto_accept_period_day: 21,
    quality_control: { configs: [] },
  }
}

/** One statement for all: a hundred thousand commits would take minutes. */
function fill(path: string): void {
  openDataFile(path, { exclusive: true }).close()
  const database = new DatabaseSync(path)
  const body = JSON.stringify(makeQuietRecord(String(firstId)))
  database
    .prepare(
      `with recursive
         numbers(n) as (select ? union all select n + 1 from numbers where n < ?),
         ids(id) as (select cast(cast(n as integer) as text) from numbers)
       insert into records
         (pool_id, version, state, reason, due_at, has_outbox, updated_at, body)
       select id, 1, 'waiting', 'appeal-window', ?, 0, ?, replace(?, ?, id) from ids`,
    )
    .run(firstId, firstId + pools - 1, Date.UTC(2100, 0), start, body, String(firstId))
  database.close()
}

/** Makes the pages up as they are asked for; the fake would have to keep all these pools. */
function answerTo({ pathname, searchParams }: URL): object {
  if (pathname.endsWith('/requester')) return { id: 'requester-1' }
  const after = searchParams.get('id_gt')
  const from = after === null ? 0 : Number(after) - firstId + 1
  const length = Math.min(pageSize, pools - from)
  const items = Array.from({ length }, (_, index) => poolNumbered(from + index))
  return { items, has_more: from + length < pools }
}

/** Sweeps an account whose pools are all known; gives what that did, and the most memory it took. */
async function sweepKnownPools() {
  const requests = new Map<string, number>()
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1')
    const name = `${request.method} ${url.pathname}`
    requests.set(name, (requests.get(name) ?? 0) + 1)
    response.setHeader('content-type', 'application/json').end(JSON.stringify(answerTo(url)))
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : 0
  const folder = makeTemporaryFolder()
  try {
    fill(folder.file('archiver.sqlite'))
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [...startOptions, smallHeap, resolve('test/bench/sweep/sweep-process.ts')],
      {
        env: {
          TOLOKA_URL: `http://127.0.0.1:${port}`,
          TOLOKA_TOKEN: 'a-token-for-nobody',
          MAX_REQUESTS_PER_SECOND: '300',
          DATA_FILE: folder.file('archiver.sqlite'),
        },
      },
    )
    return { ...z.parse(measured, JSON.parse(stdout)), requests }
  } finally {
    server.close()
    server.closeAllConnections()
    folder.remove()
  }
}

test('A sweep of 100,000 known pools is 334 lists, nothing else, and needs no more than 150 MB', async () => {
  const { result, requests, peakMiB } = await sweepKnownPools()

  expect(result).toEqual({
    outcome: 'finished',
    pages: 334,
    listed: pools,
    discovered: 0,
    changed: 0,
    woken: 0,
    repaired: 0,
    oldestOverdueSeconds: 0,
  })
  expect(Object.fromEntries(requests)).toEqual({
    'GET /api/v1/requester': 1, // To bind the records: this account is new.
    'GET /api/v1/pools': 334,
  })
  expect(peakMiB).toBeLessThan(150)
})
