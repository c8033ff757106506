import { afterEach, describe, expect, test } from '@jest/globals'
import { changeAccount } from '../../functions/application/account.ts'
import type { Dependencies } from '../../functions/application/dependencies.ts'
import { handleWakeUp } from '../../functions/application/handle-wake-up.ts'
import { UnreadableRecordError } from '../../functions/application/stored-record.ts'
import { RecordChanged } from '../../functions/application/ports.ts'
import { sweep } from '../../functions/application/sweep.ts'
import { minuteMs, secondMs } from '../../functions/domain/instant.ts'
import { closedPool } from '../support/closed-pools.ts'
import { setUpWorkbench, type Workbench } from '../support/workbench.ts'

let bench: Workbench

afterEach(() => bench.close())

/** Something else happens once, between a sweep's look at the fingerprints and its look at the records. */
function between(happen: () => Promise<void>): (standard: Dependencies) => Partial<Dependencies> {
  let isPending = true
  return ({ store }) => ({
    store: {
      ...store,
      getFingerprints: async (poolIds) => {
        const known = await store.getFingerprints(poolIds)
        if (isPending) {
          isPending = false
          await happen()
        }
        return known
      },
    },
  })
}

describe('While a sweep compares a page,', () => {
  test('a webhook may have an unknown pool archived', async () => {
    let poolId = ''
    bench = await setUpWorkbench({ replace: between(() => bench.hint(poolId)) })
    poolId = closedPool(bench)

    expect(await sweep(bench.dependencies, 'tester')).toMatchObject({ outcome: 'finished' })
    expect(await bench.record(poolId)).toMatchObject({ state: 'archived' })
  })

  test('a webhook may have a parked pool archived', async () => {
    let isReady = false
    let poolId = ''
    bench = await setUpWorkbench({
      replace: ({ store }) => ({
        store: {
          ...store,
          getFingerprints: async (poolIds) => {
            const known = await store.getFingerprints(poolIds)
            if (isReady) await bench.hint(poolId)
            return known
          },
        },
      }),
    })
    poolId = closedPool(bench, { private_comment: '[keep]' })
    await bench.hint(poolId)
    bench.model.editPool(poolId, { private_comment: '' })
    isReady = true

    expect(await sweep(bench.dependencies, 'tester')).toMatchObject({ outcome: 'finished' })
    expect((await bench.record(poolId)).state).toBe('archived')
  })
})

describe('A record that cannot be read, as a newer version may have left it,', () => {
  test('is said, left alone, and keeps no other pool from being seen', async () => {
    let spoilt = ''
    bench = await setUpWorkbench({
      replace: ({ store }) => ({
        store: {
          ...store,
          get: async (poolId) => {
            if (poolId === spoilt) throw new UnreadableRecordError(poolId, 'it is of schema 3')
            return store.get(poolId)
          },
          unannounced: async () => [spoilt],
        },
      }),
    })
    const kept = closedPool(bench, { private_comment: '[keep]' })
    await bench.hint(kept)
    bench.model.editPool(kept, { private_comment: '' })
    closedPool(bench)
    spoilt = kept

    expect(await sweep(bench.dependencies, 'tester')).toMatchObject({
      outcome: 'finished',
      discovered: 1,
      changed: 0,
      woken: 1,
    })
    expect(bench.journal.filter(({ code }) => code === 'RECORD_UNREADABLE')).toEqual(
      Array.from({ length: 2 }, () => ({
        code: 'RECORD_UNREADABLE',
        fields: { poolId: kept, problem: expect.stringContaining(`pool ${kept} cannot be read`) },
      })),
    )
  })
})

test('An announcement that got stuck is left alone while another of its pool may be on its way', async () => {
  let isAway = true
  bench = await setUpWorkbench({
    replace: ({ announcer }) => ({
      announcer: {
        announce: async (announcement) => {
          if (isAway) throw new Error('Nobody listens.')
          await announcer.announce(announcement)
        },
      },
    }),
  })
  const poolId = closedPool(bench)
  await bench.hint(poolId)
  const record = await bench.record(poolId)
  const [stuck] = record.outbox
  if (!stuck) throw new Error('Nothing is stuck.')
  const fresh = { ...stuck, id: 'fresh', at: bench.clock.at + minuteMs }
  const both = { ...record, outbox: [stuck, fresh], version: record.version + 1 }
  await bench.dependencies.store.put(both, record.version)
  isAway = false

  bench.clock.at = fresh.at + 30 * secondMs - 1
  await sweep(bench.dependencies, 'tester')
  expect(bench.announcements).toEqual([])
  bench.clock.at += 1
  await sweep(bench.dependencies, 'tester')
  expect(bench.announcements).toEqual([stuck, fresh])
})

test('An announcement that got stuck is left to whoever writes its record meanwhile', async () => {
  let isOvertaken = false
  bench = await setUpWorkbench({
    replace: ({ store, announcer }) => ({
      store: {
        ...store,
        put: async (record, expectedVersion) => {
          if (isOvertaken && record.outbox.length === 0) throw new RecordChanged('17', record)
          await store.put(record, expectedVersion)
        },
      },
      announcer: {
        announce: async (announcement) => {
          if (!isOvertaken) throw new Error('Nobody listens.')
          await announcer.announce(announcement)
        },
      },
    }),
  })
  const poolId = closedPool(bench)
  await bench.hint(poolId)
  isOvertaken = true
  bench.clock.at += minuteMs

  expect(await sweep(bench.dependencies, 'tester')).toMatchObject({ outcome: 'finished' })
  expect((await bench.record(poolId)).outbox).toHaveLength(1)
})

test.each([
  ['a pool that is discovered', true],
  ['a pool with something to announce', false],
])('A store that does not answer about %s ends the sweep, and the lease', async (_what, isNew) => {
  bench = await setUpWorkbench({
    replace: ({ store }) => ({
      store: {
        ...store,
        get: async () => {
          throw new Error('The table is away.')
        },
        unannounced: async () => ['17'],
      },
    }),
  })
  if (isNew) closedPool(bench)

  await expect(sweep(bench.dependencies, 'tester')).rejects.toThrow('The table is away.')
  expect((await bench.dependencies.account.read()).sweep.lease).toBeNull()
})

describe('A sweep that was slower than its lease', () => {
  test('ends when it sees that another has taken over, and leaves that one alone', async () => {
    const another = { owner: 'another', until: Infinity }
    bench = await setUpWorkbench({
      replace: between(async () => {
        bench.clock.at += 16 * minuteMs
        another.until = bench.clock.at + 15 * minuteMs
        await changeAccount(bench.dependencies, (account) => ({
          sweep: { ...account.sweep, lease: another, cursor: '5' },
        }))
      }),
    })
    closedPool(bench)

    expect(await sweep(bench.dependencies, 'slow')).toMatchObject({ outcome: 'stopped' })
    const { lease, cursor, finishedAt } = (await bench.dependencies.account.read()).sweep
    expect({ lease, cursor, finishedAt }).toEqual({ lease: another, cursor: '5', finishedAt: null })
  })
})

test('A sweep that is out of time after the last page has finished', async () => {
  bench = await setUpWorkbench()
  closedPool(bench)
  const result = await sweep(bench.dependencies, 'tester', bench.clock.at)
  expect(result).toMatchObject({ outcome: 'finished', pages: 1 })
})

test('A sweep that cannot read its first page makes the next one begin anew', async () => {
  bench = await setUpWorkbench()
  const cursor = closedPool(bench)
  await changeAccount(bench.dependencies, ({ sweep: state }) => ({ sweep: { ...state, cursor } }))
  bench.fake.faults.next({ path: '/pools', times: 4 }, { kind: 'status', status: 500 })
  expect(await sweep(bench.dependencies, 'tester')).toMatchObject({ outcome: 'stopped', pages: 0 })
  expect(await sweep(bench.dependencies, 'tester')).toMatchObject({
    outcome: 'finished',
    listed: 1,
  })
})

describe('Paused while observing,', () => {
  test('a pool that would be archived is not looked at with each sweep', async () => {
    bench = await setUpWorkbench()
    const observing = {
      ...bench.dependencies,
      settings: { ...bench.dependencies.settings, observing: true },
    }
    await changeAccount(observing, () => ({ paused: { by: 'ada', since: bench.clock.at } }))
    const poolId = closedPool(bench)
    await sweep(observing, 'tester')
    await handleWakeUp(observing, { version: 1, poolId, cause: 'hint', dueAt: bench.clock.at })

    expect((await bench.record(poolId)).reason).toBe('observe-mode')
    expect(await sweep(observing, 'tester')).toMatchObject({ changed: 0, woken: 0 })
  })
})
