import { afterEach, describe, expect, test } from '@jest/globals'
import { holdPool, releasePool } from '../../functions/application/hold-pool.ts'
import type { Dependencies } from '../../functions/application/dependencies.ts'
import { dayMs } from '../../functions/domain/instant.ts'
import { archiveRequests, closedPool, passUntil } from '../support/closed-pools.ts'
import { setUpWorkbench, type Workbench } from '../support/workbench.ts'

let bench: Workbench

afterEach(() => bench.close())

const audit = { by: 'ada', reason: 'audit', until: 'for-ever' } as const

describe('A pool that an operator holds', () => {
  test('is not archived until it is released', async () => {
    bench = await setUpWorkbench()
    const poolId = closedPool(bench)
    expect(await holdPool(bench.dependencies, poolId, audit)).toBe('done')
    await bench.nextWakeUp()

    const held = { state: 'held', reason: 'held-by-operator', hold: { by: 'ada' } }
    expect(await bench.record(poolId)).toMatchObject(held)
    expect(archiveRequests(bench, poolId)).toBe(0)

    expect(await releasePool(bench.dependencies, poolId, 'ada')).toBe('done')
    await bench.nextWakeUp()
    expect(await bench.record(poolId)).toMatchObject({ state: 'archived', hold: null })
  })

  test('is archived once its hold runs out', async () => {
    bench = await setUpWorkbench()
    const poolId = closedPool(bench)
    const until = bench.clock.at + 2 * dayMs
    await holdPool(bench.dependencies, poolId, { ...audit, until })
    await passUntil(bench, until - 1)
    expect((await bench.record(poolId)).state).toBe('held')

    await passUntil(bench, until)
    expect((await bench.record(poolId)).state).toBe('archived')
  })

  test('shows why, even before anybody has looked at it', async () => {
    bench = await setUpWorkbench()
    await holdPool(bench.dependencies, '17', audit)

    expect(await bench.record('17')).toMatchObject({ state: 'held', detail: 'audit' })
    expect(bench.announcements).toMatchObject([{ kind: 'PoolHeld', poolId: '17' }])
  })

  test('may be held anew and released twice', async () => {
    bench = await setUpWorkbench()
    const poolId = closedPool(bench)
    await holdPool(bench.dependencies, poolId, audit)
    await holdPool(bench.dependencies, poolId, { ...audit, by: 'grace' })
    expect((await bench.record(poolId)).hold).toMatchObject({ by: 'grace' })

    await releasePool(bench.dependencies, poolId, 'ada')
    const { version } = await bench.record(poolId)
    expect(await releasePool(bench.dependencies, poolId, 'ada')).toBe('done')
    expect((await bench.record(poolId)).version).toBe(version)
  })
})

describe('It is too late to hold a pool', () => {
  test('whose operation is under way', async () => {
    bench = await setUpWorkbench()
    const poolId = closedPool(bench)
    bench.model.scriptArchive(poolId, { kind: 'stuck' })
    await bench.hint(poolId)

    expect(await holdPool(bench.dependencies, poolId, audit)).toBe('too-late')
    expect(await releasePool(bench.dependencies, poolId, 'ada')).toBe('too-late')
    expect((await bench.record(poolId)).hold).toBeNull()
  })

  test('whose request is on its way', async () => {
    const answers: string[] = []
    bench = await setUpWorkbench({
      replace: (dependencies) => ({
        toloka: {
          ...dependencies.toloka,
          archivePool: async (poolId) => {
            answers.push(await holdPool(dependencies, poolId, audit))
            return dependencies.toloka.archivePool(poolId)
          },
        },
      }),
    })
    await bench.hint(closedPool(bench))

    expect(answers).toEqual(['too-late'])
  })

  test('that is archived', async () => {
    bench = await setUpWorkbench()
    const poolId = closedPool(bench)
    await bench.hint(poolId)

    expect(await holdPool(bench.dependencies, poolId, audit)).toBe('already-archived')
  })
})

describe('A hold and a decision to archive at the same time:', () => {
  /** A workbench where the operator holds right before the archiver reserves its request. */
  async function heldInBetween(): Promise<string> {
    let isPending = true
    bench = await setUpWorkbench({
      replace: (dependencies) => {
        const { store } = dependencies
        const put: Dependencies['store']['put'] = async (record, expectedVersion) => {
          if (isPending && record.state === 'submitting') {
            isPending = false
            await holdPool(dependencies, record.poolId, audit)
          }
          await store.put(record, expectedVersion)
        }
        return { store: { ...store, put } }
      },
    })
    return closedPool(bench)
  }

  test('the decision loses', async () => {
    const poolId = await heldInBetween()
    await bench.hint(poolId)

    expect((await bench.record(poolId)).state).toBe('held')
    expect(archiveRequests(bench, poolId)).toBe(0)
  })
})

test('A hold that others keep overtaking says so, and changes nothing', async () => {
  let isOvertaken = false
  bench = await setUpWorkbench({
    replace: ({ store }) => {
      const put: Dependencies['store']['put'] = async (record, expectedVersion) => {
        const current = isOvertaken ? await store.get(record.poolId) : null
        if (current) await store.put({ ...current, version: current.version + 1 }, current.version)
        await store.put(record, expectedVersion)
      }
      return { store: { ...store, put } }
    },
  })
  const poolId = bench.model.createPool()
  await bench.hint(poolId)
  isOvertaken = true

  await expect(holdPool(bench.dependencies, poolId, audit)).rejects.toThrow('nothing was changed')
  expect((await bench.record(poolId)).hold).toBeNull()
})

test('A store that fails is no reason to try again, and is said', async () => {
  bench = await setUpWorkbench({
    replace: ({ store }) => ({
      store: { ...store, put: async () => Promise.reject(new Error('the disk is full')) },
    }),
  })
  const poolId = bench.model.createPool()

  await expect(holdPool(bench.dependencies, poolId, audit)).rejects.toThrow('the disk is full')
})
