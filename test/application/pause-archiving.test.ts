import { afterEach, expect, test } from '@jest/globals'
import { pauseArchiving, resumeArchiving } from '../../functions/application/pause-archiving.ts'
import { sweep } from '../../functions/application/sweep.ts'
import { archiveRequests, closedPool } from '../support/closed-pools.ts'
import { setUpWorkbench, type Workbench } from '../support/workbench.ts'

let bench: Workbench

afterEach(() => bench.close())

test('While archiving is paused nothing is requested, and the sweep wakes what waited', async () => {
  bench = await setUpWorkbench()
  const poolId = closedPool(bench)
  await pauseArchiving(bench.dependencies, 'ada')
  await bench.hint(poolId)
  expect(await bench.record(poolId)).toMatchObject({ state: 'waiting', reason: 'paused' })
  expect(archiveRequests(bench, poolId)).toBe(0)

  await resumeArchiving(bench.dependencies)
  await sweep(bench.dependencies, 'sweep')
  await bench.nextWakeUp()
  expect((await bench.record(poolId)).state).toBe('archived')
})

test('Whoever paused first is remembered; to resume twice does no harm', async () => {
  bench = await setUpWorkbench()
  const { dependencies } = bench
  await pauseArchiving(dependencies, 'ada')
  await pauseArchiving(dependencies, 'grace')
  expect((await dependencies.account.read()).paused).toMatchObject({ by: 'ada' })

  await resumeArchiving(dependencies)
  const { version } = await dependencies.account.read()
  await resumeArchiving(dependencies)
  expect(await dependencies.account.read()).toMatchObject({ paused: null, version })
})
