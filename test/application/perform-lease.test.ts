import { expect, test } from '@jest/globals'
import { closedPool } from '../support/closed-pools.ts'
import { setUpWorkbench, type Workbench } from '../support/workbench.ts'

test('While an archive request is on its way, nobody else asks Toloka about the pool', async () => {
  const readsMeanwhile: number[] = []
  const bench: Workbench = await setUpWorkbench({
    replace: ({ toloka }) => ({
      toloka: {
        ...toloka,
        archivePool: async (poolId) => {
          const before = bench.model.requests.total
          await bench.hint(poolId)
          readsMeanwhile.push(bench.model.requests.total - before)
          return toloka.archivePool(poolId)
        },
      },
    }),
  })
  try {
    const poolId = closedPool(bench)
    await bench.hint(poolId)

    expect(readsMeanwhile).toEqual([0])
    expect(bench.model.archiveRequestsOf(poolId)).toHaveLength(1)
    expect((await bench.record(poolId)).state).toBe('archived')
  } finally {
    await bench.close()
  }
})
