import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { Dependencies } from '../../functions/application/dependencies.ts'
import { handleWakeUp } from '../../functions/application/handle-wake-up.ts'
import type { WakeUp } from '../../functions/application/ports.ts'
import { dayMs, hourMs, minuteMs } from '../../functions/domain/instant.ts'
import { archiveRequests, closedPool, holdPool, pass, untilDue } from '../support/closed-pools.ts'
import { setUpWorkbench, type Workbench } from '../support/workbench.ts'

let bench: Workbench
let poolId: string
/** What somebody else does right before a record is written. */
let beforePut: (standard: Dependencies) => Promise<void>

beforeEach(async () => {
  beforePut = async () => {}
  bench = await setUpWorkbench({
    replace: (standard) => ({
      store: {
        ...standard.store,
        put: async (record, expectedVersion) => {
          await beforePut(standard)
          await standard.store.put(record, expectedVersion)
        },
      },
    }),
  })
  poolId = closedPool(bench)
})

afterEach(() => bench.close())

function wake(cause: WakeUp['cause'], dueAt = bench.clock.at): Promise<void> {
  return handleWakeUp(bench.dependencies, { version: 1, poolId, cause, dueAt })
}

/** How many requests something costs. */
async function requestsFor(work: () => Promise<unknown>): Promise<number> {
  const before = bench.model.requests.total
  await work()
  return bench.model.requests.total - before
}

describe('A wake-up', () => {
  test('by a timer before the pool is due costs nothing and changes nothing', async () => {
    bench.model.addAssignment(poolId, { status: 'REJECTED' })
    await wake('hint')
    const before = await bench.record(poolId)
    bench.clock.at += dayMs

    expect(await requestsFor(() => wake('timer'))).toBe(0)
    expect(await bench.record(poolId)).toEqual(before)
  })

  test('by its own timer that comes too early, by the clock of another machine, is asked for again', async () => {
    bench.model.addAssignment(poolId, { status: 'REJECTED' })
    await wake('hint')
    const [taken] = await bench.queue.takeDue(Infinity, 1)
    bench.clock.at = (await bench.record(poolId)).dueAt ?? 0
    bench.clock.at -= 5
    if (taken) await handleWakeUp(bench.dependencies, taken.wakeUp)
    if (taken) await bench.queue.finish(taken.id)

    expect(await bench.queue.nextDueAt()).toBe(bench.clock.at + 5)
  })

  test('by a hint always looks', async () => {
    const rejected = bench.model.addAssignment(poolId, { status: 'REJECTED' })
    await wake('hint')
    expect(await requestsFor(() => wake('hint'))).toBe(3)
    bench.model.accept(rejected)
    await wake('hint')

    expect((await bench.record(poolId)).state).toBe('archived')
  })

  test('by a timer for a pool that nobody knows looks', async () => {
    await wake('timer')
    expect((await bench.record(poolId)).state).toBe('archived')
  })

  test('of an archived pool costs nothing', async () => {
    await wake('hint')
    const before = await bench.record(poolId)
    bench.clock.at += hourMs

    expect(await requestsFor(() => Promise.all([wake('hint'), wake('timer')]))).toBe(0)
    expect(await bench.record(poolId)).toEqual(before)
  })

  test('days too late does what there is to do', async () => {
    bench.model.addAssignment(poolId, { status: 'REJECTED' })
    await wake('hint')
    const { dueAt } = await bench.record(poolId)
    bench.clock.at += 40 * dayMs
    await wake('timer', dueAt ?? 0)

    expect((await bench.record(poolId)).state).toBe('archived')
    expect(bench.model.violations).toEqual([])
  })

  test.each([2, 4])('that comes %d times at once requests the archive once', async (times) => {
    await Promise.all(Array.from({ length: times }, () => wake('hint')))
    await pass(bench, hourMs)

    expect((await bench.record(poolId)).state).toBe('archived')
    expect(archiveRequests(bench, poolId)).toBe(1)
    expect(bench.model.violations).toEqual([])
  })

  test('that comes while somebody waits for the answer leaves him alone', async () => {
    bench.fake.faults.next({ method: 'POST' }, { kind: 'cut' })
    await wake('hint')
    const before = await bench.record(poolId)

    expect(await requestsFor(() => Promise.all([wake('hint'), wake('timer')]))).toBe(0)
    expect(await bench.record(poolId)).toEqual(before)
  })
})

describe('If somebody else writes the record at the same time,', () => {
  test('it is decided anew: a hold that comes after the facts still wins', async () => {
    bench.model.lockPool(poolId)
    await wake('hint')
    bench.model.unlockPool(poolId)
    let held = false
    beforePut = async (dependencies) => {
      if (held) return
      held = true
      await holdPool({ ...bench, dependencies }, poolId)
    }
    await wake('hint')

    expect(await bench.record(poolId)).toMatchObject({ state: 'held', reason: 'held-by-operator' })
    expect(archiveRequests(bench, poolId)).toBe(0)
    expect(bench.journal.filter(({ code }) => code === 'POOL_OVERTAKEN')).toHaveLength(1)
  })

  test('again and again, the wake-up is put back for later', async () => {
    bench.model.lockPool(poolId)
    await wake('hint')
    beforePut = async (dependencies) => holdPool({ ...bench, dependencies }, poolId)

    await expect(wake('hint')).rejects.toThrow(
      `Pool ${poolId} was overtaken 5 times; trying again later.`,
    )
    const overtaken = bench.journal.filter(({ code }) => code === 'POOL_OVERTAKEN')
    expect(overtaken.map(({ fields }) => fields)).toEqual(
      Array.from({ length: 5 }, () => ({ poolId })),
    )
    beforePut = async () => {}
    bench.clock.at += minuteMs
    await wake('hint')
    expect((await bench.record(poolId)).hold).not.toBeNull()
  })

  test('what the store cannot do is not hidden', async () => {
    beforePut = async () => {
      throw new Error('disk full')
    }
    await expect(wake('hint')).rejects.toThrow('disk full')
    expect(archiveRequests(bench, poolId)).toBe(0)
  })

  test('an operation of ours is kept, whoever wrote while it was asked for', async () => {
    await bench.close()
    bench = await setUpWorkbench({
      replace: ({ toloka }) => ({
        toloka: {
          ...toloka,
          archivePool: async (id) => {
            const answer = await toloka.archivePool(id)
            await holdPool(bench, id)
            return answer
          },
        },
      }),
    })
    poolId = closedPool(bench)
    bench.model.scriptArchive(poolId, { kind: 'slow', runningMs: minuteMs })
    await wake('hint')

    const record = await bench.record(poolId)
    expect(record).toMatchObject({ state: 'archiving', hold: { by: 'ada' } })
    expect(record.following).toBe(bench.model.operationsOf(poolId)[0]?.id)
    await untilDue(bench, poolId)
  })
})
