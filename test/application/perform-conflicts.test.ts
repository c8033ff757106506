import { afterEach, describe, expect, test } from '@jest/globals'
import type { Dependencies } from '../../functions/application/dependencies.ts'
import { sweep } from '../../functions/application/sweep.ts'
import { applyDecision } from '../../functions/domain/apply-decision.ts'
import { minuteMs } from '../../functions/domain/instant.ts'
import { newRecord, type ArchivalRecord, type Decision } from '../../functions/domain/record.ts'
import { closedPool, requestsOf } from '../support/closed-pools.ts'
import { holdUntil } from '../support/pools.ts'
import { archiveOperation } from '../support/records.ts'
import { setUpWorkbench, type Workbench } from '../support/workbench.ts'

let bench: Workbench

afterEach(() => bench.close())

type Write = (record: ArchivalRecord) => Promise<void>

/** A workbench where `meanwhile` happens right before the write of a record that `fits`, once. */
async function interruptedAt(
  fits: (record: ArchivalRecord) => boolean,
  meanwhile: (write: (decision: Decision) => Promise<void>, next: ArchivalRecord) => Promise<void>,
): Promise<void> {
  let isPending = true
  bench = await setUpWorkbench({
    replace: ({ store, clock }) => {
      const put: Dependencies['store']['put'] = async (record, expectedVersion) => {
        if (isPending && fits(record)) {
          isPending = false
          const stored = await store.get(record.poolId)
          if (stored === null) throw new Error('There is nothing to interrupt.')
          const write = (decision: Decision) =>
            store.put(applyDecision(stored, decision, clock.now()), stored.version)
          await meanwhile(write, record)
        }
        await store.put(record, expectedVersion)
      }
      return { store: { ...store, put } }
    },
  })
}

const hold: Decision = {
  transition: 'hold',
  reason: 'held-by-operator',
  dueAt: Date.UTC(2026, 1, 1),
  hold: holdUntil('for-ever'),
}

function requests(poolId: string): readonly unknown[] {
  return bench.model.archiveRequestsOf(poolId)
}

describe('Two that handle the same pool', () => {
  test('make one archive request', async () => {
    bench = await setUpWorkbench()
    const poolId = closedPool(bench)
    await Promise.all([bench.hint(poolId), bench.hint(poolId), bench.hint(poolId)])
    await bench.nextWakeUp()

    expect(requests(poolId)).toHaveLength(1)
    expect((await bench.record(poolId)).state).toBe('archived')
    expect(bench.journal.some(({ code }) => code === 'POOL_OVERTAKEN')).toBe(true)
  })

  test.each(['submitting', 'archiving', 'archived'] as const)(
    'make one archive request if the second comes when the first writes %s',
    async (state) => {
      let second: Promise<void> | null = null
      bench = await setUpWorkbench({
        replace: ({ store }) => {
          const put: Dependencies['store']['put'] = async (record, version) => {
            if (second === null && record.state === state) {
              second = bench.hint(record.poolId)
              await second
            }
            await store.put(record, version)
          }
          return { store: { ...store, put } }
        },
      })
      const poolId = closedPool(bench)
      await bench.hint(poolId)
      await bench.nextWakeUp()

      expect(requests(poolId)).toHaveLength(1)
      expect((await bench.record(poolId)).state).toBe('archived')
      expect((await bench.record(poolId)).operations).toHaveLength(1)
    },
  )

  test('give up in favour of a later wake-up if they are overtaken again and again', async () => {
    bench = await setUpWorkbench({
      replace: ({ store, clock }) => {
        const put: Write = async (record) => {
          const stored = await store.get(record.poolId)
          const version = (stored?.version ?? 0) + 1
          await store.put({ ...record, version, updatedAt: clock.now() }, version - 1)
          await store.put(record, record.version - 1)
        }
        return { store: { ...store, put } }
      },
    })
    const poolId = closedPool(bench, { private_comment: '[keep]' })
    await expect(bench.hint(poolId)).rejects.toThrow(`Pool ${poolId} was overtaken 5 times`)
  })
})

describe('A hold', () => {
  test('that is written between reading and submitting wins', async () => {
    await interruptedAt(
      ({ state }) => state === 'submitting',
      (write) => write(hold),
    )
    const poolId = closedPool(bench)
    await bench.dependencies.store.put(discovered(poolId), 0)
    await bench.hint(poolId)

    expect(requests(poolId)).toEqual([])
    expect(await bench.record(poolId)).toMatchObject({ state: 'held', reason: 'held-by-operator' })
  })

  test('that comes after submitting is too late, and keeps the operation', async () => {
    await interruptedAt(
      ({ following }) => following !== null,
      (write) => write(hold),
    )
    const poolId = closedPool(bench)
    await bench.hint(poolId)
    await bench.nextWakeUp()

    const { hold: kept, operations, state } = await bench.record(poolId)
    expect({ kept, state }).toEqual({ kept: hold.hold, state: 'archived' })
    expect(operations.map(({ id }) => id)).toEqual(operationIds(poolId))
  })
})

describe('The id of our operation is stored', () => {
  test('although the pool was found archived in between', async () => {
    await interruptedAt(
      ({ following }) => following !== null,
      (write) => write({ transition: 'confirm', reason: 'already-archived', dueAt: null }),
    )
    const poolId = closedPool(bench)
    await bench.hint(poolId)

    const { state, dueAt, operations } = await bench.record(poolId)
    expect({ state, dueAt }).toEqual({ state: 'archived', dueAt: null })
    expect(bench.journal.at(-1)).toMatchObject({ code: 'POOL_SETTLE', fields: { poolId } })
    expect(operations.map(({ id }) => id)).toEqual(operationIds(poolId))
  })

  test('although another operation is followed by now', async () => {
    const other = archiveOperation({ id: 'another-operation' })
    await interruptedAt(
      ({ following }) => following !== null,
      (write, { dueAt }) =>
        write({
          transition: 'accept',
          reason: 'operation-running',
          dueAt,
          following: other.id,
          operations: [other],
        }),
    )
    const poolId = closedPool(bench)
    await bench.hint(poolId)

    const { state, following, operations } = await bench.record(poolId)
    expect({ state, following }).toEqual({ state: 'archiving', following: other.id })
    expect(operations.map(({ id }) => id)).toEqual([other.id, ...operationIds(poolId)])
  })

  test.each(['archiving', 'archived'] as const)(
    'once, although somebody else found it when the pool is %s',
    async (state) => {
      await interruptedAt(
        ({ following }) => following !== null,
        (write, { operations, following, dueAt }) =>
          state === 'archived'
            ? write({ transition: 'confirm', reason: 'already-archived', dueAt: null, operations })
            : write({
                transition: 'accept',
                reason: 'operation-running',
                dueAt,
                operations,
                following,
              }),
      )
      const poolId = closedPool(bench)
      await bench.hint(poolId)

      const record = await bench.record(poolId)
      expect(record.state).toBe(state)
      expect(record.operations.map(({ id }) => id)).toEqual(operationIds(poolId))
      expect(record.operations).toMatchObject([{ looks: 0 }])
      expect(requestsOf(bench, 'GET /operations/{id}')).toBe(0)
    },
  )
})

test('A decision that a person should see is a warning in the journal', async () => {
  bench = await setUpWorkbench()
  const neverClosed = { status: 'CLOSED', lastStartedAt: bench.clock.at } as const
  await bench.hint(bench.model.createPool({}, neverClosed))
  expect(bench.journal.map(({ code }) => code)).toContain('POOL_WARNING')
})

describe('An announcer that fails', () => {
  test('does not stop the work, and the sweep announces later with the same ids', async () => {
    const told: string[] = []
    let isBroken = true
    bench = await setUpWorkbench({
      replace: () => ({
        announcer: {
          announce: async ({ id }) => {
            if (isBroken) throw new Error('Nobody listens.')
            told.push(id)
          },
        },
      }),
    })
    const poolId = closedPool(bench)
    await bench.hint(poolId)
    const { state, outbox } = await bench.record(poolId)
    const waiting = outbox.map(({ id }) => id)
    expect({ state, kinds: outbox.map(({ kind }) => kind) }).toEqual({
      state: 'archived',
      kinds: ['PoolArchived'],
    })

    bench.clock.at += minuteMs
    await sweep(bench.dependencies, 'tester')
    isBroken = false
    await sweep(bench.dependencies, 'tester')
    await sweep(bench.dependencies, 'tester')
    expect(told).toEqual(waiting)
    expect((await bench.record(poolId)).outbox).toEqual([])
  })
})

function discovered(poolId: string): ArchivalRecord {
  const now = bench.clock.at
  const decision = { transition: 'discover', reason: 'discovered', dueAt: now } as const
  return applyDecision(newRecord(poolId, now), decision, now)
}

function operationIds(poolId: string): readonly string[] {
  return bench.model.operationsOf(poolId).map(({ id }) => id)
}
