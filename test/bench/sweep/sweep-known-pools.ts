import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import * as z from 'zod/mini'
import { readConfig } from '../../../functions/runtime/config.ts'
import { openLocalArchiver } from '../../../functions/runtime/local.ts'
import { TolokaModel } from '../../fake-toloka/model.ts'
import { startFakeToloka } from '../../fake-toloka/server.ts'
import { startOptions } from '../../support/start-options.ts'
import { arrangeLargeAccount, finishPools, rememberPools } from './large-account.ts'

const costSchema = z.object({
  /** What the sweep said. */
  result: z.object({
    outcome: z.string(),
    pages: z.number(),
    listed: z.number(),
    discovered: z.number(),
    changed: z.number(),
    woken: z.number(),
    repaired: z.number(),
  }),
  /** By the clock on the wall, of the sweep alone. */
  seconds: z.number(),
  /** Of the whole process, from its start to its end. */
  processorSeconds: z.number(),
  /** The most memory that the process ever had. */
  peakMiB: z.number(),
})

export type SweepCost = z.infer<typeof costSchema>

export interface SweptPools extends SweepCost {
  /** What Toloka was asked by the process, such as `GET /pools`, and how often. */
  readonly requests: Readonly<Record<string, number>>
  /** In its answers. */
  readonly bytes: number
}

export interface KnownPools {
  readonly pools: number
  /** How many of them have to be archived; the first process does that. */
  readonly due: number
  readonly sweeps: number
  /** Options of V8 beside those of `npm start`. */
  readonly nodeOptions?: readonly string[]
}

/**
 * Has an archiver with a data file sweep an account whose pools are all known but for some that are
 * due: in a process of its own each time, over HTTP.
 */
export async function sweepKnownPools(known: KnownPools): Promise<readonly SweptPools[]> {
  const model = new TolokaModel({ now: Date.now, requestsPerSecond: Infinity })
  const fake = await startFakeToloka(model)
  const folder = makeFolder()
  const environment = {
    TOLOKA_URL: fake.url,
    TOLOKA_TOKEN: model.token,
    ARCHIVE_MODE: 'archive',
    // As fast as Toloka would allow, so that the archiver has to show what it can do.
    MAX_REQUESTS_PER_SECOND: '300',
    DATA_FILE: join(folder, 'archiver.sqlite'),
  }
  try {
    const account = arrangeLargeAccount(model, known.pools, known.due)
    const surroundings = { clock: { now: Date.now }, journal: { write: () => {} } }
    const archiver = openLocalArchiver(readConfig(environment), surroundings)
    const lookAt = (poolId: string): Promise<void> =>
      archiver.handleWakeUp({ version: 1, poolId, cause: 'hint', dueAt: model.now })
    await rememberPools(account, archiver.store, lookAt, 2_000)
    archiver.close()
    finishPools(model, account)
    const swept: SweptPools[] = []
    while (swept.length < known.sweeps) {
      const before = countOf(model)
      const cost = await runProcess(environment, known.nodeOptions ?? [])
      if (cost.result.outcome !== 'finished') throw new Error(`The sweep ${cost.result.outcome}.`)
      swept.push({ ...cost, ...countOf(model, before) })
    }
    const isMissed = account.dueIds.some((poolId) => model.statusOf(poolId) !== 'ARCHIVED')
    if (isMissed || model.violations.length > 0) throw new Error('It archived the wrong pools.')
    return swept
  } finally {
    await fake.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function runProcess(
  env: Readonly<Record<string, string>>,
  nodeOptions: readonly string[],
): Promise<SweepCost> {
  const words = [...startOptions, ...nodeOptions, resolve('test/bench/sweep/sweep-process.ts')]
  const { stdout } = await promisify(execFile)(process.execPath, words, { env })
  return z.parse(costSchema, JSON.parse(stdout))
}

type Count = Pick<SweptPools, 'requests' | 'bytes'>

/** All that Toloka was asked since `before`. */
function countOf({ requests }: TolokaModel, before: Count = { requests: {}, bytes: 0 }): Count {
  const asked = [...requests.byRoute].map(
    ([route, count]) => [route, count - (before.requests[route] ?? 0)] as const,
  )
  return {
    requests: Object.fromEntries(asked.filter(([, count]) => count > 0)),
    bytes: requests.bytesSent - before.bytes,
  }
}

/** On a real disk, where to be durable costs something. */
function makeFolder(): string {
  const parent = resolve('build/bench')
  mkdirSync(parent, { recursive: true })
  return mkdtempSync(join(parent, 'sweep-'))
}
