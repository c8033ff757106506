import { afterEach, describe, expect, test } from '@jest/globals'
import type { Dependencies } from '../../functions/application/dependencies.ts'
import { sweep } from '../../functions/application/sweep.ts'
import { closedPool } from '../support/closed-pool.ts'
import { setUpWorkbench, type Workbench } from '../support/workbench.ts'

let bench: Workbench

afterEach(() => bench.close())

/** Something else happens once, between a sweep's look at the keys and its look at the records. */
function between(happen: () => Promise<void>): (standard: Dependencies) => Partial<Dependencies> {
  let isPending = true
  return ({ store }) => ({
    store: {
      ...store,
      getKeys: async (poolIds) => {
        const keys = await store.getKeys(poolIds)
        if (isPending) {
          isPending = false
          await happen()
        }
        return keys
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
          getKeys: async (poolIds) => {
            const keys = await store.getKeys(poolIds)
            if (isReady) await bench.hint(poolId)
            return keys
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

