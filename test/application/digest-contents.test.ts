import { afterEach, expect, test } from '@jest/globals'
import type { Dependencies } from '../../functions/application/dependencies.ts'
import { gatherDigest } from '../../functions/application/gather-digest.ts'
import { UnreadableRecordError } from '../../functions/application/stored-record.ts'
import { dayMs, hourMs } from '../../functions/domain/instant.ts'
import { closedPool } from '../support/closed-pools.ts'
import { setUpWorkbench, type Workbench } from '../support/workbench.ts'

let bench: Workbench

afterEach(() => bench.close())

const waits: readonly (readonly [reason: string, arrange: () => Promise<string>])[] = [
  [
    'grace-period',
    async () => {
      const poolId = closedPool(bench)
      bench.model.openPool(poolId)
      bench.model.closePool(poolId, 'MANUAL')
      await bench.hint(poolId)
      return poolId
    },
  ],
  [
    'exam-window',
    async () => {
      const lastStoppedAt = bench.clock.at
      const started = {
        lastStartedAt: lastStoppedAt - hourMs,
        lastCloseReason: 'COMPLETED',
      } as const
      const poolId = bench.model.createPool({}, { ...started, lastStoppedAt, isExam: true })
      await bench.hint(poolId)
      return poolId
    },
  ],
  [
    'daily-limit',
    async () => {
      await bench.hint(closedPool(bench))
      const poolId = closedPool(bench)
      await bench.hint(poolId)
      return poolId
    },
  ],
]

test.each(waits)('The end of a wait (%s) within 24 hours is named', async (reason, arrange) => {
  bench = await setUpWorkbench({ settings: { maxArchivesPerDay: 1 } })
  const poolId = await arrange()
  const { dueAt } = await bench.record(poolId)
  const span = { since: 0, until: 0 }
  bench.clock.at = (dueAt ?? 0) - dayMs
  expect((await gatherDigest(bench.dependencies, span)).next).toEqual({
    count: 1,
    isAtLeast: false,
    first: [expect.objectContaining({ poolId, reason, dueAt })],
  })
  bench.clock.at -= 1
  expect((await gatherDigest(bench.dependencies, span)).next.count).toBe(0)
})

test('A pool that was archived at the end of the span is of the next one', async () => {
  bench = await setUpWorkbench()
  await bench.hint(closedPool(bench))
  const { at } = bench.clock
  const archivedIn = async (since: number, until: number) =>
    (await gatherDigest(bench.dependencies, { since, until })).archived.count
  expect(await archivedIn(at - dayMs, at)).toBe(0)
  expect(await archivedIn(at, at + dayMs)).toBe(1)
})

test('A pool that waits for something else than a time is not planned', async () => {
  bench = await setUpWorkbench()
  const poolId = closedPool(bench)
  bench.model.lockPool(poolId)
  await bench.hint(poolId)
  expect(await bench.record(poolId)).toMatchObject({ state: 'waiting', reason: 'pool-locked' })
  const span = { since: bench.clock.at, until: bench.clock.at + hourMs }
  const { planned, next } = await gatherDigest(bench.dependencies, span)
  expect([planned.count, next.count]).toEqual([0, 0])
})

test('No more records are read than are named', async () => {
  let reads = 0
  bench = await setUpWorkbench({
    settings: { observing: true },
    replace: ({ store }) => ({
      store: { ...store, get: (poolId) => ((reads += 1), store.get(poolId)) },
    }),
  })
  for (let count = 0; count < 25; count += 1) await bench.hint(closedPool(bench))
  reads = 0
  const { observed } = await gatherDigest(bench.dependencies, { since: 0, until: 0 })
  expect([observed.count, observed.first.length, reads]).toEqual([25, 20, 20])
})

test('What was not counted to its end is said to be more', async () => {
  bench = await setUpWorkbench()
  const poolId = closedPool(bench)
  await bench.hint(poolId)
  const store: Dependencies['store'] = {
    ...bench.dependencies.store,
    overdue: async (dueUntil, limit) =>
      Array.from({ length: limit }, () => ({ poolId, dueAt: dueUntil, reason: 'observe-mode' })),
    archivedSince: async (_since, limit) => Array.from({ length: limit }, () => poolId),
  }
  const span = { since: bench.clock.at, until: bench.clock.at + hourMs }
  const digest = await gatherDigest({ ...bench.dependencies, store }, span)
  expect(digest.observed).toMatchObject({ count: 50_000, isAtLeast: true })
  expect(digest.archived).toMatchObject({ count: 2_000, isAtLeast: true })
  expect(digest.archived.first).toHaveLength(20)
})

test('A list ends before a record that cannot be read, and says that there is more', async () => {
  bench = await setUpWorkbench()
  const draft = bench.model.createPool()
  await bench.hint(draft)
  const list = () => Promise.reject(new UnreadableRecordError(draft, 'it is of schema 3'))
  const store = { ...bench.dependencies.store, list }
  const digest = await gatherDigest({ ...bench.dependencies, store }, { since: 0, until: 0 })
  expect(digest.held).toEqual({ count: 0, isAtLeast: true, first: [] })
  expect(bench.journal).toContainEqual({
    code: 'RECORD_UNREADABLE',
    fields: { poolId: draft, problem: expect.stringContaining('schema 3') },
  })
})
