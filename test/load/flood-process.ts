// Many pools close at once, and the archiver works them off on a virtual clock: real use cases, real
// SQLite, the real client and the real pace, and Toloka's model in another thread. Prints figures as
// JSON. The words are the number of pools, the requests per second, and a folder for the data file.
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { join } from 'node:path'
import { createPace } from '../../functions/adapters/system/pace.ts'
import { workOff } from '../../functions/local/work-off.ts'
import { readConfig } from '../../functions/runtime/config.ts'
import { openLocalArchiver } from '../../functions/runtime/local.ts'
import { closedEvent, signedDelivery, webhookSecret } from '../local/box.ts'
import type { FloodFigures } from './flood-figures.ts'
import { startFloodToloka } from './flood-toloka.ts'

const minuteMs = 60_000
const samples = 10
const collections = 4
const mebibyte = 1024 * 1024

const [poolWord, perSecondWord, folder = ''] = process.argv.slice(2)
const pools = Number(poolWord)
const perSecond = Number(perSecondWord)

setFlagsFromString('--expose-gc')
const collectGarbage: unknown = runInNewContext('gc')

/** In MiB, of this thread alone. Some things only let go of others after they are collected. */
async function heapInUse(): Promise<number> {
  for (let turn = 0; turn < collections; turn += 1) {
    if (typeof collectGarbage === 'function') collectGarbage()
    await new Promise(setImmediate)
  }
  const { heapUsed, external } = process.memoryUsage()
  return (heapUsed + external) / mebibyte
}

const startedAt = performance.now()
const clock = { at: Date.UTC(2026, 0, 5, 10) }
const now = (): number => clock.at
const toloka = startFloodToloka(now)
const { poolIds, token } = await toloka.openPools(pools)
const config = readConfig({
  TOLOKA_URL: 'http://127.0.0.1:1',
  TOLOKA_TOKEN: token,
  TOLOKA_WEBHOOK_SECRET: webhookSecret,
  ARCHIVE_MODE: 'archive',
  MAX_ARCHIVES_PER_DAY: '1000000000',
  MAX_REQUESTS_PER_SECOND: String(perSecond),
  DATA_FILE: join(folder, 'archiver.sqlite'),
})
const complaints = new Map<string, number>()
/** Requests that may go and have not gone: time must not pass between the two. */
const requests = { leaving: 0 }
const pace = createPace({
  perSecond,
  now,
  sleep: async (ms) => {
    do await new Promise(setImmediate)
    while (requests.leaving > 0)
    clock.at += ms
  },
})
const archiver = openLocalArchiver(config, {
  clock: { now },
  journal: {
    write: (code) => {
      if (/FAIL|DEAD|TROUBLE|POSTPONE|ATTENTION|UNREADABLE/.test(code)) {
        complaints.set(code, (complaints.get(code) ?? 0) + 1)
      }
    },
  },
  fetch: (input, init) => {
    requests.leaving -= 1
    return toloka.fetch(input, init)
  },
  pace: {
    take: async () => {
      await pace.take()
      requests.leaving += 1
    },
  },
})

let accepted = 0
const closingBeginsAt = clock.at
for (const [index, poolId] of poolIds.entries()) {
  clock.at = closingBeginsAt + Math.floor((index * minuteMs) / pools)
  await toloka.closePool(poolId)
  const { headers, body } = signedDelivery({ events: [closedEvent(poolId)] }, clock.at)
  const answer = await archiver.receiveDelivery?.({
    contentType: headers['Content-Type'],
    signature: headers['Toloka-Signature'],
    body: new TextEncoder().encode(body),
  })
  if (answer?.status === 200) accepted += 1
}

const heapMiB: number[] = [await heapInUse()]
let handled = 0
const work = {
  ...archiver,
  handleWakeUp: async (wakeUp: Parameters<typeof archiver.handleWakeUp>[0]) => {
    await archiver.handleWakeUp(wakeUp)
    handled += 1
    if (handled % Math.ceil(pools / samples) === 0) heapMiB.push(await heapInUse())
  },
}
const drainBeginsAt = clock.at
for (;;) {
  await workOff(work)
  const dueAt = await archiver.queue.nextDueAt()
  if (dueAt === null) break
  clock.at = Math.max(clock.at, dueAt)
}
const { kind: _, ...counted } = await toloka.count()
archiver.close()
await toloka.end()

const figures: FloodFigures = {
  ...counted,
  pools,
  accepted,
  handled,
  virtualSeconds: (clock.at - drainBeginsAt) / 1_000,
  realSeconds: (performance.now() - startedAt) / 1_000,
  heapMiB: heapMiB.map((size) => Math.round(size * 10) / 10),
  complaints: Object.fromEntries(complaints),
}
process.stdout.write(JSON.stringify(figures))
