import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { createAccountStore } from '../../functions/adapters/aws/account-store.ts'
import { createArchivalStore } from '../../functions/adapters/aws/archival-store.ts'
import { sweep } from '../../functions/application/sweep.ts'
import { createCountedTable, type CountedTable } from '../adapters/aws/count-table.ts'
import { startDynalite, type Dynalite } from '../adapters/aws/start-dynalite.ts'
import { closedPool, untilDue } from '../support/closed-pools.ts'
import { setUpWorkbench, type Workbench } from '../support/workbench.ts'

let dynalite: Dynalite
let counted: CountedTable
let bench: Workbench

beforeAll(async () => {
  dynalite = await startDynalite()
})
afterAll(() => dynalite.close())

beforeEach(async () => {
  counted = await createCountedTable(dynalite)
  const store = createArchivalStore(counted.table, async () => {})
  const account = createAccountStore(counted.table)
  bench = await setUpWorkbench({ replace: () => ({ store, account }) })
  await bench.hint(closedPool(bench)) // Binds the account.
  await bench.nextWakeUp()
  counted.reset()
})
afterEach(() => bench.close())

describe('Over DynamoDB, in units of its table,', () => {
  test('a clean pool costs five writes: submit, accept, confirm, forget what is told, and the day', async () => {
    await bench.hint(closedPool(bench))

    expect(counted.units).toEqual({ read: 4, written: 5 })
  })

  test('a pool with a rejection costs two more: plan, and forget what is told', async () => {
    const poolId = closedPool(bench)
    bench.model.addAssignment(poolId, { status: 'REJECTED', at: bench.clock.at })
    await bench.hint(poolId)
    expect(counted.units).toEqual({ read: 2, written: 2 })
    await untilDue(bench, poolId)

    expect((await bench.record(poolId)).state).toBe('archived')
    expect(counted.units.written).toBe(7)
  })

  test('a sweep that finds nothing new costs half a read for each closed pool', async () => {
    for (let count = 0; count < 299; count += 1) {
      closedPool(bench, { private_comment: '[keep]' })
    }
    await sweep(bench.dependencies, 'tester')
    while ((await bench.queue.nextDueAt()) === bench.clock.at) await bench.nextWakeUp()
    counted.reset()
    expect(await sweep(bench.dependencies, 'tester')).toMatchObject({ listed: 299, woken: 0 })

    const { read, written } = counted.units
    expect(read - 299 / 2).toBeLessThan(15)
    expect(written).toBe(4) // Its lease, cursor and end.
  })
})
