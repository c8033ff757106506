import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { explain, type Explanation } from '../../functions/application/explain.ts'
import { changeAccount } from '../../functions/application/account.ts'
import { rule } from '../../functions/domain/eligibility.ts'
import { closedPool } from '../support/closed-pools.ts'
import { setUpWorkbench, type Workbench } from '../support/workbench.ts'

let bench: Workbench

beforeEach(async () => {
  bench = await setUpWorkbench()
})

afterEach(() => bench.close())

function foundIn({ found }: Explanation): NonNullable<Explanation['found']> {
  if (found === null) throw new Error('Toloka said nothing.')
  return found
}

/** Outcomes in their order, each once, with how many rows have it. */
async function explained(poolId: string): Promise<Readonly<Record<string, number>>> {
  const { rows } = foundIn(await explain(bench.dependencies, poolId))
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
    const explanation = await explain(bench.dependencies, poolId)
    const { record, readAt } = explanation
    const { look, rows } = foundIn(explanation)

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

    const explanation = await explain(bench.dependencies, poolId)
    const { record } = explanation
    expect(foundIn(explanation).look.verdict).toMatchObject({
      action: 'hold',
      reason: 'held-by-operator',
    })
    expect(record).toEqual(held)
    expect(await bench.record(poolId)).toEqual(held)
  })

  test('says why Toloka said nothing, and what is known all the same', async () => {
    const poolId = closedPool(bench)
    await bench.hint(poolId)
    bench.fake.faults.next({}, { kind: 'refusal', status: 401, code: 'AUTHENTICATION_ERROR' })
    const { record, found, trouble } = await explain(bench.dependencies, poolId)

    expect(found).toBeNull()
    expect(trouble?.message).toContain(`GET /pools/${poolId}: 401`)
    expect(record).toEqual(await bench.record(poolId))
  })

  test('does not take a defect of ours for an answer', async () => {
    const broken = { ...bench.dependencies.toloka, readPool: () => Promise.reject(new TypeError()) }
    const dependencies = { ...bench.dependencies, toloka: broken }
    await expect(explain(dependencies, '17')).rejects.toThrow(TypeError)
  })
})
