import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { explain } from '../../functions/application/explain.ts'
import { changeAccount } from '../../functions/application/account.ts'
import { rule } from '../../functions/domain/eligibility.ts'
import { closedPool } from '../support/closed-pools.ts'
import { setUpWorkbench, type Workbench } from '../support/workbench.ts'

let bench: Workbench

beforeEach(async () => {
  bench = await setUpWorkbench()
})

afterEach(() => bench.close())

/** Outcomes in their order, each once, with how many rows have it. */
async function explained(poolId: string): Promise<Readonly<Record<string, number>>> {
  const { rows } = await explain(bench.dependencies, poolId)
  return Object.fromEntries(
    Map.groupBy(rows, ({ outcome }) => outcome)
      .entries()
      .map(([outcome, of]) => [outcome, of.length]),
  )
}

describe('An explanation', () => {
  test('of a pool that was never seen reads it, and changes nothing', async () => {
    const poolId = closedPool(bench)
    bench.model.addAssignment(poolId, { status: 'SUBMITTED' })
    const account = await bench.dependencies.account.read()
    const { record, look, rows, readAt } = await explain(bench.dependencies, poolId)

    expect({ record, readAt }).toEqual({ record: null, readAt: bench.clock.at })
    expect(look.verdict).toMatchObject({ action: 'wait', reason: 'review-pending' })
    const standing = rows.findIndex(({ outcome }) => outcome === 'stands-in-the-way')
    expect(rows[standing]?.reason).toBe('review-pending')
    expect(new Set(rows.slice(0, standing).map(({ outcome }) => outcome))).toEqual(
      new Set(['passed']),
    )
    expect(new Set(rows.slice(standing + 1).map(({ outcome }) => outcome))).toEqual(
      new Set(['not-reached']),
    )
    expect(await bench.dependencies.store.get(poolId)).toBeNull()
    expect(await bench.dependencies.account.read()).toEqual(account)
    expect(await bench.queue.nextDueAt()).toBeNull()
  })

  test('of an eligible pool passes every row, and does not archive it', async () => {
    const poolId = closedPool(bench)
    expect(await explained(poolId)).toEqual({ passed: rule.length - 1 })
    expect(bench.model.statusOf(poolId)).toBe('CLOSED')
  })

  test('of a known pool minds the hold of an operator, and leaves the record alone', async () => {
    const poolId = closedPool(bench)
    bench.model.addAssignment(poolId, { status: 'REJECTED', at: bench.clock.at })
    await bench.hint(poolId)
    const planned = await bench.record(poolId)
    const hold = { by: 'ada', reason: 'audit', since: 0, until: 'for-ever' } as const
    const held = { ...planned, hold, version: planned.version + 1 }
    await bench.dependencies.store.put(held, planned.version)
    await changeAccount(bench.dependencies, () => ({ paused: { by: 'ada', since: 0 } }))

    const { record, look } = await explain(bench.dependencies, poolId)
    expect(look.verdict).toMatchObject({ action: 'hold', reason: 'held-by-operator' })
    expect(record).toEqual(held)
    expect(await bench.record(poolId)).toEqual(held)
  })

  test('is an error if Toloka does not know the pool', async () => {
    await expect(explain(bench.dependencies, '404')).rejects.toThrow('GET /pools/404: 404')
  })
})
