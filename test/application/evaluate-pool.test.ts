import { afterEach, describe, expect, test } from '@jest/globals'
import { handleWakeUp } from '../../functions/application/handle-wake-up.ts'
import { pauseArchiving } from '../../functions/application/pause-archiving.ts'
import { dayMs, hourMs, minuteMs } from '../../functions/domain/instant.ts'
import { archiveRequests, closedPool, pass, passUntil } from '../support/closed-pools.ts'
import { setUpWorkbench, type Workbench } from '../support/workbench.ts'

let bench: Workbench

afterEach(() => bench.close())

describe('An eligible pool', () => {
  test('is only watched in observe mode', async () => {
    bench = await setUpWorkbench({ settings: { observing: true, maxArchivesPerDay: 0 } })
    const poolId = closedPool(bench)
    await bench.hint(poolId)

    const record = await bench.record(poolId)
    expect(record).toMatchObject({ state: 'waiting', reason: 'observe-mode' })
    expect(record.pool).toMatchObject({ status: 'CLOSED', readAt: bench.clock.at })
    expect(record.fingerprint).not.toBeNull()
    expect(archiveRequests(bench, poolId)).toBe(0)
  })

  test('waits while archiving is paused', async () => {
    bench = await setUpWorkbench()
    const poolId = closedPool(bench)
    await pauseArchiving(bench.dependencies, 'ada')
    await bench.hint(poolId)

    expect(await bench.record(poolId)).toMatchObject({ state: 'waiting', reason: 'paused' })
    expect((await bench.dependencies.account.read()).day.requests).toBe(0)
    expect(archiveRequests(bench, poolId)).toBe(0)
  })
})

describe("Over the day's limit", () => {
  test('pools are not read, and find a place on the next day, first come first', async () => {
    bench = await setUpWorkbench({ settings: { maxArchivesPerDay: 2 } })
    const pools = Array.from({ length: 4 }, () => closedPool(bench))
    for (const poolId of pools.slice(0, 2)) await bench.hint(poolId)
    const before = bench.model.requests.total
    for (const poolId of pools.slice(2)) await bench.hint(poolId)

    expect(bench.model.requests.total).toBe(before)
    const midnight = Math.ceil(bench.clock.at / dayMs) * dayMs
    const due = await Promise.all(pools.slice(2).map((poolId) => bench.record(poolId)))
    expect(due).toMatchObject([
      { reason: 'daily-limit', dueAt: midnight },
      { reason: 'daily-limit', dueAt: midnight + 12 * hourMs },
    ])
    const written = bench.journal.filter(({ code }) => code === 'DAILY_LIMIT_REACHED')
    expect(written).toEqual([{ code: 'DAILY_LIMIT_REACHED', fields: { limit: 2 } }])

    await passUntil(bench, midnight)
    expect((await bench.record(pools[2] ?? '')).state).toBe('archived')
    expect((await bench.record(pools[3] ?? '')).state).toBe('waiting')
    await pass(bench, 12 * hourMs)
    expect((await bench.record(pools[3] ?? '')).state).toBe('archived')
  })

  test('the limit is not exceeded by pools that are looked at side by side', async () => {
    bench = await setUpWorkbench({ settings: { maxArchivesPerDay: 2 } })
    const pools = Array.from({ length: 5 }, () => closedPool(bench))
    await Promise.all(pools.map((poolId) => bench.hint(poolId)))

    const requested = pools.filter((poolId) => archiveRequests(bench, poolId) === 1)
    expect(requested).toHaveLength(2)
    const records = await Promise.all(pools.map((poolId) => bench.record(poolId)))
    const putOff = records.filter(({ reason }) => reason === 'daily-limit')
    expect(putOff).toHaveLength(3)
  })
})

describe('The facts', () => {
  test('are read one after the other: pool, pending work, rejections', async () => {
    const asked: string[] = []
    const noted =
      <Arguments extends unknown[], Value>(
        name: string,
        ask: (...words: Arguments) => Promise<Value>,
      ) =>
      async (...words: Arguments): Promise<Value> => {
        asked.push(`${name}?`)
        const value = await ask(...words)
        asked.push(`${name}.`)
        return value
      }
    bench = await setUpWorkbench({
      replace: ({ toloka }) => ({
        toloka: {
          ...toloka,
          readPool: noted('pool', toloka.readPool),
          findPendingWork: noted('pending', toloka.findPendingWork),
          findRejection: noted('rejection', toloka.findRejection),
          archivePool: noted('archive', toloka.archivePool),
        },
      }),
    })
    await bench.hint(closedPool(bench))

    const look = ['pool?', 'pool.', 'pending?', 'pending.', 'rejection?', 'rejection.']
    expect(asked).toEqual([...look, 'archive?', 'archive.', 'pool?', 'pool.'])
  })

  test('are asked for again if the clock of Toloka goes back while they are read', async () => {
    const since: number[] = []
    bench = await setUpWorkbench({
      personality: { dateHeader: 'absent' },
      replace: ({ toloka, clock }) => ({
        toloka: {
          ...toloka,
          findRejection: async (poolId, from) => {
            since.push(from)
            const answer = await toloka.findRejection(poolId, from)
            return { ...answer, serverTime: clock.now() - 20 * minuteMs }
          },
        },
      }),
    })
    const poolId = closedPool(bench)
    bench.clock.at += hourMs
    await bench.hint(poolId)

    expect(since).toHaveLength(2)
    expect((since[0] ?? 0) - (since[1] ?? 0)).toBe(20 * minuteMs)
    expect((await bench.record(poolId)).state).toBe('archived')
  })
})

describe('A defect of ours, rather than an answer of Toloka,', () => {
  const busy = { kind: 'refuse', status: 409, code: 'OPERATION_ALREADY_EXISTS' } as const
  const forbidden = { kind: 'refuse', status: 403, code: 'ACCESS_DENIED' } as const

  test.each([
    ['readPool', null],
    ['archivePool', null],
    ['findArchiveOperations', busy],
    ['readRequester', forbidden],
  ] as const)('in %s is not taken for one', async (name, script) => {
    bench = await setUpWorkbench()
    await bench.hint(closedPool(bench))
    const poolId = closedPool(bench)
    if (script) bench.model.scriptArchive(poolId, script)
    const defect = async (): Promise<never> => {
      throw new TypeError('a defect')
    }
    const toloka = { ...bench.dependencies.toloka, [name]: defect }
    const wakeUp = { version: 1, poolId, cause: 'hint', dueAt: bench.clock.at } as const

    await expect(handleWakeUp({ ...bench.dependencies, toloka }, wakeUp)).rejects.toThrow(
      'a defect',
    )
  })
})
