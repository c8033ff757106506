import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { archiveNow } from '../../functions/application/archive-now.ts'
import { explain } from '../../functions/application/explain.ts'
import { viewExplanation } from '../../functions/application/explanation-view.ts'
import { holdPool } from '../../functions/application/hold-pool.ts'
import { dayMs, toIso } from '../../functions/domain/instant.ts'
import { reasons } from '../../functions/domain/reasons.ts'
import { closedPool } from '../support/closed-pools.ts'
import { setUpWorkbench, type Workbench } from '../support/workbench.ts'

let bench: Workbench

beforeEach(async () => {
  bench = await setUpWorkbench()
})
afterEach(() => bench.close())

const view = async (poolId: string) => viewExplanation(await explain(bench.dependencies, poolId))

test('An explanation of a rejected answer names the end of the appeals', async () => {
  const poolId = closedPool(bench)
  const { at } = bench.clock
  bench.model.addAssignment(poolId, { status: 'REJECTED', at })
  await bench.hint(poolId)
  expect(await view(poolId)).toMatchObject({
    verdict: { action: 'wait', reason: 'appeal-window' },
    trouble: null,
    facts: {
      status: 'CLOSED',
      pendingWork: null,
      newestRejectionAt: toIso(at),
      appealWindowEndsAt: toIso(at + 9 * dayMs),
    },
    record: { state: 'waiting', hold: null, override: null, lastError: null },
  })
})

test('An explanation of a pool that nothing was rejected in goes through the whole rule', async () => {
  const poolId = closedPool(bench, { private_name: 'Receipts' })
  const { facts, rule, verdict } = await view(poolId)
  expect(facts).toMatchObject({
    name: 'Receipts',
    closedAt: toIso(bench.clock.at),
    newestRejectionAt: null,
    appealWindowEndsAt: null,
  })
  expect(verdict).toMatchObject({ action: 'archive', reason: 'eligible', until: null })
  expect(rule).toContainEqual({
    reason: 'appeal-window',
    text: reasons['appeal-window'],
    outcome: 'passed',
  })
})

test('An explanation goes beyond the last date that Toloka can write', async () => {
  const lastStoppedAt = Date.parse('9999-12-31T00:00:00Z')
  const poolId = bench.model.createPool(
    {},
    { lastStartedAt: bench.clock.at, lastStoppedAt, lastCloseReason: 'MANUAL' },
  )
  expect(await view(poolId)).toMatchObject({
    verdict: { action: 'wait', reason: 'grace-period', until: '+010000-01-07T00:00:00.000Z' },
    facts: { closedAt: '9999-12-31T00:00:00.000Z' },
  })
})

test('An explanation names who holds the pool, and until when', async () => {
  const poolId = closedPool(bench)
  const { at } = bench.clock
  await holdPool(bench.dependencies, poolId, { by: 'ada', reason: 'audit', until: at + dayMs })
  const { record, verdict } = await view(poolId)
  expect(record?.hold).toEqual({
    by: 'ada',
    reason: 'audit',
    since: toIso(at),
    until: toIso(at + dayMs),
  })
  expect(verdict).toMatchObject({ reason: 'held-by-operator', until: toIso(at + dayMs) })
  await holdPool(bench.dependencies, poolId, { by: 'ada', reason: 'audit', until: 'for-ever' })
  expect((await view(poolId)).record?.hold?.until).toBe('for-ever')
})

test('An explanation names who wants it archived at once', async () => {
  const poolId = closedPool(bench)
  bench.model.addAssignment(poolId, { status: 'REJECTED', at: bench.clock.at })
  await archiveNow(bench.dependencies, poolId, { by: 'ada', despite: null })
  const since = toIso(bench.clock.at)
  expect((await view(poolId)).record?.override).toEqual({ by: 'ada', since, despite: null })
})

test('An explanation without an answer of Toloka says why, and what went wrong before', async () => {
  const poolId = closedPool(bench)
  bench.fake.faults.next({ times: 4 }, { kind: 'refusal', status: 404, code: 'DOES_NOT_EXIST' })
  await bench.hint(poolId)
  expect(await view(poolId)).toMatchObject({
    verdict: null,
    trouble: expect.stringContaining('404'),
    facts: null,
    rule: [],
    record: { lastError: { at: toIso(bench.clock.at), status: 404 } },
  })
})
