import { afterEach, describe, expect, test } from '@jest/globals'
import { archiveNow } from '../../functions/application/archive-now.ts'
import { explain } from '../../functions/application/explain.ts'
import { viewExplanation } from '../../functions/application/explanation-view.ts'
import { dayMs, hourMs, toIso } from '../../functions/domain/instant.ts'
import type { Despite } from '../../functions/domain/override.ts'
import {
  archiveRequests,
  closedPool,
  passUntil,
  poolWithOperation,
} from '../support/closed-pools.ts'
import { setUpWorkbench, type Workbench } from '../support/workbench.ts'

let bench: Workbench

afterEach(() => bench.close())

const ask = (poolId: string, despite: Despite | null = null) =>
  archiveNow(bench.dependencies, poolId, { by: 'ada', despite })

/** A pool that would wait for a week, because a person has closed it. */
function closedByHand(): string {
  const poolId = closedPool(bench)
  bench.model.openPool(poolId)
  bench.model.closePool(poolId, 'MANUAL')
  return poolId
}

describe('"Archive now"', () => {
  test('passes over the grace, and the record says at whose word', async () => {
    bench = await setUpWorkbench()
    const poolId = closedByHand()
    const verdict = { action: 'archive', reason: 'eligible' }
    expect(await ask(poolId)).toMatchObject({ answer: 'done', look: { verdict } })
    expect(await bench.record(poolId)).toMatchObject({
      detail: 'To be archived at once, by ada.',
      dueAt: bench.clock.at,
      override: { by: 'ada', since: bench.clock.at, despite: null },
    })
    expect(archiveRequests(bench, poolId)).toBe(0)

    await bench.nextWakeUp()
    expect((await bench.record(poolId)).state).toBe('archived')
  })

  test('waits for the end of the appeals, and says so', async () => {
    bench = await setUpWorkbench()
    const poolId = closedByHand()
    bench.model.addAssignment(poolId, { status: 'REJECTED' })
    const verdict = { action: 'wait', reason: 'appeal-window' }
    expect(await ask(poolId)).toMatchObject({ answer: 'done', look: { verdict } })

    await passUntil(bench, bench.clock.at + 9 * dayMs)
    expect(archiveRequests(bench, poolId)).toBe(0)
    await passUntil(bench, bench.clock.at + 2 * hourMs)
    expect((await bench.record(poolId)).state).toBe('archived')
    expect(bench.model.violations).toEqual([])
  })

  test('passes over what is named, and nothing else', async () => {
    bench = await setUpWorkbench()
    const draft = bench.model.createPool()
    const verdict = { action: 'hold', reason: 'never-started' }
    for (const despite of [null, 'close-reason-excluded'] as const) {
      expect(await ask(draft, despite)).toMatchObject({ answer: 'blocked', look: { verdict } })
    }
    expect(await bench.dependencies.store.get(draft)).toBeNull()

    expect(await ask(draft, 'never-started')).toMatchObject({ answer: 'done' })
    await bench.nextWakeUp()
    expect(await bench.record(draft)).toMatchObject({
      state: 'archived',
      override: { despite: 'never-started' },
    })
  })

  test('of a draft on which somebody works is told a time, and looked at again then', async () => {
    bench = await setUpWorkbench()
    const draft = bench.model.createPool()
    const assignment = bench.model.addAssignment(draft, { status: 'ACTIVE' })
    const until = bench.clock.at + dayMs
    const verdict = { action: 'wait', reason: 'assignments-active', until }
    expect(await ask(draft, 'never-started')).toMatchObject({ answer: 'done', look: { verdict } })
    const explanation = viewExplanation(await explain(bench.dependencies, draft))
    expect(explanation.verdict).toMatchObject({ until: toIso(until) })

    await bench.nextWakeUp()
    bench.model.submit(assignment)
    bench.model.accept(assignment)
    await bench.nextWakeUp()
    expect(await bench.record(draft)).toMatchObject({ state: 'archived', updatedAt: until })
  })

  test.each(['observe', 'archive'])(
    'is blocked by an open pool, and changes nothing (%s)',
    async (mode) => {
      bench = await setUpWorkbench({ settings: { observing: mode === 'observe' } })
      const poolId = bench.model.createPool({}, { status: 'OPEN', lastStartedAt: bench.clock.at })
      const verdict = { action: 'watch', reason: 'pool-open' }
      expect(await ask(poolId)).toMatchObject({ answer: 'blocked', look: { verdict } })
      expect(await bench.dependencies.store.get(poolId)).toBeNull()
    },
  )

  test('changes nothing while the archiver only watches, and shows what the rule says', async () => {
    bench = await setUpWorkbench({ settings: { observing: true } })
    const poolId = closedByHand()
    const verdict = { action: 'archive', reason: 'eligible' }
    expect(await ask(poolId)).toMatchObject({ answer: 'only-watching', look: { verdict } })
    expect(await bench.dependencies.store.get(poolId)).toBeNull()
  })

  test('comes too late for a pool that was asked for', async () => {
    bench = await setUpWorkbench()
    const poolId = await poolWithOperation(bench)
    const before = await bench.record(poolId)
    expect(await ask(poolId)).toMatchObject({ answer: 'too-late' })
    expect(await bench.record(poolId)).toEqual(before)
  })
})
