import { afterEach, expect, test } from '@jest/globals'
import { RecordChanged } from '../../functions/application/ports.ts'
import { closedPool } from '../support/closed-pools.ts'
import { setUpWorkbench, type Workbench } from '../support/workbench.ts'

let bench: Workbench

afterEach(() => bench.close())

test('An operation that cannot be stored is said, and found again when the lease ends', async () => {
  let isStubborn = true
  bench = await setUpWorkbench({
    replace: ({ store }) => ({
      store: {
        ...store,
        put: async (record, expectedVersion) => {
          if (isStubborn && record.state === 'archiving') {
            throw new RecordChanged(record.poolId, await store.get(record.poolId))
          }
          await store.put(record, expectedVersion)
        },
      },
    }),
  })
  const poolId = closedPool(bench)
  await expect(bench.hint(poolId)).rejects.toThrow(/of pool \d+ could not be stored/)
  isStubborn = false
  await bench.nextWakeUp()

  expect(await bench.record(poolId)).toMatchObject({
    state: 'archived',
    operations: [{ id: bench.model.operationsOf(poolId)[0]?.id }],
  })
  expect(bench.model.archiveRequestsOf(poolId)).toHaveLength(1)
})
