import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import {
  addressWith,
  careOf,
  listed,
  openPool,
  putByHand,
  secrets,
} from '../support/subscription-bench.ts'
import { setUpWorkbench, type Workbench } from '../support/workbench.ts'

let bench: Workbench

beforeEach(async () => {
  bench = await setUpWorkbench()
})

afterEach(() => bench.close())

const keepWithOutdatedSecret = () => careOf(bench, async () => secrets.outdated).keep()
describe('A look at what is covered', () => {
  test('names each open pool in scope, and what has to go, and changes nothing', async () => {
    const [covered, old, archived] = [openPool(bench), openPool(bench), openPool(bench)]
    await keepWithOutdatedSecret()
    await putByHand(bench, covered, addressWith(secrets.newest))
    bench.model.closePool(archived)
    bench.model.archiveByHand(archived)
    const missing = openPool(bench)
    const before = await listed(bench)

    const { webhookUrl: address, pools, toRemove } = await careOf(bench).review()
    expect(address).toBe(addressWith(secrets.newest))
    expect(pools).toEqual([
      { poolId: covered, coverage: 'covered' },
      { poolId: old, coverage: 'outdated-secret' },
      { poolId: missing, coverage: 'missing' },
    ])
    expect(toRemove.map(({ poolId }) => poolId)).toEqual([covered, archived])
    expect(await listed(bench)).toEqual(before)
  })

  test('explains a 403', async () => {
    const fault = { kind: 'refusal', status: 403, code: 'ACCESS_DENIED' } as const
    bench.fake.faults.next({ path: '/webhook-subscriptions' }, fault)
    await expect(careOf(bench).review()).rejects.toThrow("ask Toloka's support")
  })
})

describe('A test of the subscription of a pool', () => {
  test('says that there is none', async () => {
    const [poolId, other] = [openPool(bench), openPool(bench)]
    await putByHand(bench, other)
    expect(await careOf(bench).test(poolId)).toEqual({
      arrived: false,
      explanation: expect.stringContaining(`Pool ${poolId} has no subscription to WEBHOOK_URL.`),
    })
  })

  test('says in words why nothing arrived, of the one with the newest secret', async () => {
    const poolId = openPool(bench)
    await putByHand(bench, poolId)
    const newestId = await putByHand(bench, poolId, addressWith(secrets.newest))
    bench.fake.faults.next(
      { method: 'POST', path: `/${newestId}/test` },
      {
        kind: 'edited',
        edit: () => ({ success: false, errorType: 'WRONG_STATUS_CODE', originalStatusCode: 401 }),
      },
    )
    expect(await careOf(bench).test(poolId)).toEqual({
      arrived: false,
      explanation: expect.stringContaining('The webhook answered Toloka by 401'),
    })
  })

  test('tries an outdated one if there is no other', async () => {
    const poolId = openPool(bench)
    const id = await putByHand(bench, poolId)
    bench.fake.faults.next(
      { method: 'POST', path: `/${id}/test` },
      { kind: 'edited', edit: () => ({ success: true }) },
    )
    expect((await careOf(bench).test(poolId)).arrived).toBe(true)
  })
})
