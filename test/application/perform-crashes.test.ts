import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { changeAccount } from '../../functions/application/account.ts'
import { handleWakeUp } from '../../functions/application/handle-wake-up.ts'
import { sweep } from '../../functions/application/sweep.ts'
import { dayMs, hourMs, secondMs, type Instant } from '../../functions/domain/instant.ts'
import { closedPool } from '../support/closed-pools.ts'
import { blowKinds, SideEffects } from '../support/side-effects.ts'
import { setUpWorkbench, type Workbench } from '../support/workbench.ts'

let bench: Workbench
let effects: SideEffects

beforeEach(async () => {
  effects = new SideEffects()
  bench = await setUpWorkbench({ replace: effects.replace })
})

afterEach(() => bench.close())

/** A life of a pool from its close to the archive, and how many side effects it takes. */
const lives: readonly (readonly [string, number, (poolId: string) => void])[] = [
  ['is archived at once', 21, () => {}],
  [
    'has an operation that takes its time and fails, and then one that succeeds',
    42,
    (poolId) => bench.model.scriptArchive(poolId, { kind: 'fail', afterMs: 5_000 }),
  ],
]

/** Does the work of the archiver until the pool is in the archive and that is announced. */
async function live(poolId: string, until: Instant, losesWakeUps: boolean): Promise<void> {
  let nextSweepAt = bench.clock.at
  for (;;) {
    const record = await bench.dependencies.store.get(poolId)
    const isEnd = record?.state === 'archived'
    if (record && (record.dueAt === null) !== isEnd) throw new Error('Nothing will wake it.')
    if (record?.state === 'archived' && record.outbox.length === 0) return
    const dueAt = (await bench.queue.nextDueAt()) ?? Infinity
    bench.clock.at = Math.max(bench.clock.at, Math.min(dueAt, nextSweepAt))
    if (bench.clock.at > until) throw new Error(`Pool ${poolId} is forgotten.`)
    if (nextSweepAt <= bench.clock.at) {
      nextSweepAt = bench.clock.at + hourMs
      await sweep(bench.dependencies, 'local').catch(() => {})
    } else await handleOne(losesWakeUps)
    if (effects.restart()) nextSweepAt = bench.clock.at + hourMs
  }
}

/** What fails comes again after a while, or, if wake-ups get lost, never. */
async function handleOne(losesWakeUps: boolean): Promise<void> {
  const [taken] = await bench.queue.takeDue(bench.clock.at, 1)
  if (!taken) return
  try {
    await handleWakeUp(bench.dependencies, taken.wakeUp)
    await bench.queue.finish(taken.id)
  } catch {
    if (losesWakeUps) await bench.queue.finish(taken.id)
    else await bench.queue.retryLater(taken.id, bench.clock.at + 30 * secondMs, 'crash')
  }
}

async function expectArchivedOnce(poolId: string): Promise<void> {
  const { model, announcements } = bench
  const ended = model.operationsOf(poolId).filter(({ status }) => status === 'SUCCESS')
  expect(ended).toHaveLength(1)
  expect(model.statusOf(poolId)).toBe('ARCHIVED')
  const stored = new Set((await bench.record(poolId)).operations.map(({ id }) => id))
  const made = model.archiveRequestsOf(poolId).map(({ operationId }) => operationId)
  expect(made.filter((id) => id !== null && !stored.has(id))).toEqual([])
  const told = announcements.filter((one) => one.poolId === poolId && one.kind === 'PoolArchived')
  expect(new Set(told.map(({ id }) => id)).size).toBe(1)
}

describe.each(lives)('A pool that %s', (_name, count, begin) => {
  test('is archived once wherever a blow falls', async () => {
    const plain = await beginLife()
    const beganAt = bench.clock.at
    effects.arm()
    await live(plain, Infinity, false)
    const lifeMs = bench.clock.at - beganAt
    expect(effects.done).toHaveLength(count)

    for (let position = 0; position < count; position += 1) {
      for (const kind of blowKinds) {
        const poolId = await beginLife()
        effects.arm({ position, kind })
        await live(poolId, bench.clock.at + lifeMs + 3 * hourMs, kind !== 'dies-after')
        expect({ position, kind, struck: effects.hasStruck }).toMatchObject({ struck: true })
        await expectArchivedOnce(poolId)
      }
    }
    expect(bench.model.violations).toEqual([])
  }, 60_000)

  async function beginLife(): Promise<string> {
    bench.clock.at += 2 * dayMs // Out of the way of the life before.
    await changeAccount(bench.dependencies, () => ({ owner: null })) // As at the first start.
    const poolId = closedPool(bench)
    begin(poolId)
    return poolId
  }
})
