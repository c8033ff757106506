import { afterEach, expect, test } from '@jest/globals'
import { changeAccount } from '../../functions/application/account.ts'
import { steer } from '../../functions/application/steering.ts'
import { closedPool } from '../support/closed-pools.ts'
import { setUpWorkbench, type Workbench } from '../support/workbench.ts'

let bench: Workbench

afterEach(() => bench.close())

test('Operators steer: what they say of a pool and of all pools comes about', async () => {
  bench = await setUpWorkbench()
  const steering = steer(bench.dependencies)
  const poolId = closedPool(bench)

  await steering.pause('ada')
  expect(await steering.readStatus()).toMatchObject({ paused: { by: 'ada' } })
  await steering.resume()
  expect(await steering.readStatus()).toMatchObject({ paused: null })

  const hold = { by: 'ada', reason: 'audit', until: 'for-ever' } as const
  expect(await steering.hold(poolId, hold)).toBe('done')
  const verdict = { action: 'hold', reason: 'held-by-operator' }
  expect(await steering.explain(poolId)).toMatchObject({ poolId, found: { look: { verdict } } })
  const asked = { by: 'grace', despite: null }
  expect(await steering.archiveNow(poolId, asked)).toMatchObject({ answer: 'blocked' })

  expect(await steering.release(poolId, 'ada')).toBe('done')
  expect(await bench.record(poolId)).toMatchObject({ detail: 'Released by ada.' })
  expect(await steering.archiveNow(poolId, asked)).toMatchObject({ answer: 'done' })
  expect(await bench.record(poolId)).toMatchObject({ override: { by: 'grace' } })
})

test('The status of an archiver in whose way nothing is says that', async () => {
  bench = await setUpWorkbench()
  expect(await steer(bench.dependencies).readStatus()).toEqual({
    observing: false,
    paused: null,
    deniedSince: null,
    overLimit: null,
  })
})

test('The status names all that keeps pools out of the archive', async () => {
  bench = await setUpWorkbench({ settings: { observing: true, maxArchivesPerDay: 50 } })
  const since = bench.clock.at
  const error = { at: since, call: '', status: 401, code: null, message: '', requestId: null }
  await changeAccount(bench.dependencies, () => ({
    paused: { by: 'ada', since },
    denied: { since, nextProbeAt: since, error },
    day: { date: '2026-01-05', requests: 50, deferred: 7 },
  }))
  expect(await steer(bench.dependencies).readStatus()).toEqual({
    observing: true,
    paused: { by: 'ada', since },
    deniedSince: since,
    overLimit: { limit: 50, deferred: 7 },
  })
})
