import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { changeAccount, reserveArchiveRequest } from '../../functions/application/account.ts'
import type { AccountState } from '../../functions/application/account-state.ts'
import type { Dependencies } from '../../functions/application/dependencies.ts'
import { sweep } from '../../functions/application/sweep.ts'
import { dayMs, hourMs } from '../../functions/domain/instant.ts'
import type { State } from '../../functions/domain/states.ts'
import { closedPool } from '../support/closed-pools.ts'
import { setUpWorkbench, type Workbench } from '../support/workbench.ts'
import { anyRecord } from '../../functions/application/record-query.ts'

let bench: Workbench

afterEach(() => bench.close())

function pause(): Promise<AccountState | null> {
  const paused = { by: 'ada', since: bench.clock.at }
  return changeAccount(bench.dependencies, () => ({ paused }))
}

describe('With two archive requests a day', () => {
  beforeEach(async () => {
    bench = await setUpWorkbench({ settings: { maxArchivesPerDay: 2 } })
  })

  async function closeAndHint(count: number): Promise<readonly string[]> {
    const poolIds = Array.from({ length: count }, () => closedPool(bench))
    for (const poolId of poolIds) await bench.hint(poolId)
    return poolIds
  }

  test('further pools are spread over the next day in order, and Toloka is not read', async () => {
    await closeAndHint(2)
    const before = bench.model.requests.total
    await closeAndHint(3)
    expect(bench.model.requests.total).toBe(before)

    const { records } = await bench.dependencies.store.list({
      ...anyRecord,
      state: 'waiting',
      limit: 9,
    })
    const midnight = Date.UTC(2026, 0, 6)
    expect(records.map(({ reason, dueAt }) => ({ reason, dueAt }))).toEqual([
      { reason: 'daily-limit', dueAt: midnight },
      { reason: 'daily-limit', dueAt: midnight + dayMs / 2 },
      { reason: 'daily-limit', dueAt: midnight + dayMs }, // Two a day: it is for the day after.
    ])
    expect(bench.journal.filter(({ code }) => code === 'DAILY_LIMIT_REACHED')).toEqual([
      { code: 'DAILY_LIMIT_REACHED', fields: { limit: 2 } },
    ])
  })

  test('a new day begins at zero UTC, and all are archived in the end', async () => {
    const poolIds = await closeAndHint(5)
    bench.clock.at = Date.UTC(2026, 0, 5, 23, 59)
    await bench.hint(poolIds[4] ?? '')
    expect(bench.model.statusOf(poolIds[4] ?? '')).toBe('CLOSED')
    for (let looks = 0; (await bench.queue.nextDueAt()) !== null && looks < 50; looks += 1) {
      await bench.nextWakeUp()
    }

    const statuses = poolIds.map((poolId) => bench.model.statusOf(poolId))
    expect(statuses).toEqual(poolIds.map(() => 'ARCHIVED'))
    const days = poolIds.map((poolId) => bench.model.archivedAt(poolId) ?? 0)
    expect(days.map((at) => Math.floor((at - Date.UTC(2026, 0, 5)) / dayMs))).toEqual([
      0, 0, 1, 1, 2,
    ])
    expect(bench.model.violations).toEqual([])
  })

  test('a pool that has its place on another day keeps it, however often it is looked at', async () => {
    await closeAndHint(2)
    const [poolId = ''] = await closeAndHint(3)
    const { dueAt } = await bench.record(poolId)
    await bench.hint(poolId)
    expect((await bench.record(poolId)).dueAt).toBe(dueAt)
    expect((await bench.dependencies.account.read()).day.deferred).toBe(3)
  })

  test('a place that has come while the limit is reached again gives way to a later one', async () => {
    await closeAndHint(2)
    const [poolId = ''] = await closeAndHint(1)
    bench.clock.at = Date.UTC(2026, 0, 6)
    await closeAndHint(2)
    await bench.hint(poolId)
    expect((await bench.record(poolId)).dueAt).toBe(Date.UTC(2026, 0, 7))
  })

  test('the limit holds also for those that read the pool before it was reached', async () => {
    const poolIds = Array.from({ length: 6 }, () => closedPool(bench))
    await Promise.all(poolIds.map((poolId) => bench.hint(poolId)))
    const archived = poolIds.filter((poolId) => bench.model.statusOf(poolId) === 'ARCHIVED')
    expect(archived).toHaveLength(2)
  })
})

describe('A pause', () => {
  test.each(['readPool', 'findPendingWork', 'findRejection'] as const)(
    'that is set before %s stops the request',
    async (call) => {
      let isPending = true
      bench = await setUpWorkbench({
        replace: ({ toloka }) => ({
          toloka: {
            ...toloka,
            readPool: paused('readPool', toloka.readPool),
            findPendingWork: paused('findPendingWork', toloka.findPendingWork),
            findRejection: paused('findRejection', toloka.findRejection),
          },
        }),
      })
      function paused<Arguments extends unknown[], Result>(
        name: string,
        work: (...given: Arguments) => Promise<Result>,
      ) {
        return async (...given: Arguments) => {
          if (name === call && isPending) {
            isPending = false
            await pause()
          }
          return work(...given)
        }
      }
      expect(await stateAfterPauseAndResume()).toBe('archived')
    },
  )

  test('that is set while the request is being counted stops it', async () => {
    let isPending = true
    bench = await setUpWorkbench({
      replace: ({ account }) => ({
        account: {
          ...account,
          write: async (state, version) => {
            if (isPending && state.day.requests > 0) {
              isPending = false
              await pause()
            }
            return account.write(state, version)
          },
        },
      }),
    })
    expect(await stateAfterPauseAndResume()).toBe('archived')
  })

  async function stateAfterPauseAndResume(): Promise<State> {
    const poolId = closedPool(bench)
    await bench.hint(poolId)
    expect(await bench.record(poolId)).toMatchObject({ state: 'waiting', reason: 'paused' })
    expect(bench.model.archiveRequestsOf(poolId)).toEqual([])
    expect((await bench.dependencies.account.read()).day.requests).toBe(0)

    expect(await sweep(bench.dependencies, 'tester')).toMatchObject({ changed: 0, woken: 0 })
    await changeAccount(bench.dependencies, () => ({ paused: null }))
    bench.clock.at += hourMs
    expect(await sweep(bench.dependencies, 'tester')).toMatchObject({ changed: 1, woken: 1 })
    await bench.nextWakeUp()
    return (await bench.record(poolId)).state
  }
})

describe('Observing', () => {
  test('does everything but the request, until the mode is changed', async () => {
    bench = await setUpWorkbench({ settings: { observing: true, maxArchivesPerDay: 0 } })
    const poolId = closedPool(bench)
    await bench.hint(poolId)
    expect(await bench.record(poolId)).toMatchObject({ state: 'waiting', reason: 'observe-mode' })
    expect(await sweep(bench.dependencies, 'tester')).toMatchObject({ changed: 0, woken: 0 })
    expect(bench.model.archiveRequestsOf(poolId)).toEqual([])

    const settings = { ...bench.dependencies.settings, observing: false, maxArchivesPerDay: 1 }
    const archiving: Dependencies = { ...bench.dependencies, settings }
    expect(await sweep(archiving, 'tester')).toMatchObject({ changed: 1, woken: 1 })
  })
})

describe('The account', () => {
  test('loses no change when twenty write it at once', async () => {
    bench = await setUpWorkbench()
    const { dependencies } = bench
    await Promise.all(Array.from({ length: 20 }, () => reserveArchiveRequest(dependencies)))
    const { day, version } = await dependencies.account.read()
    expect({ day, version }).toMatchObject({ day: { requests: 20 }, version: 20 })
  })

  test('is given up when it never stands still', async () => {
    bench = await setUpWorkbench({
      replace: ({ account }) => ({ account: { ...account, write: async () => false } }),
    })
    await expect(pause()).rejects.toThrow('changed 20 times while it was to be written')
  })
})
