import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { minuteMs } from '../../functions/domain/instant.ts'
import type { Fault } from '../fake-toloka/faults.ts'
import { archiveRequests, closedPool, pass, requestsOf, untilDue } from '../support/closed-pools.ts'
import { setUpWorkbench, type Workbench } from '../support/workbench.ts'

let bench: Workbench
let poolId: string

beforeEach(async () => {
  bench = await setUpWorkbench()
  poolId = closedPool(bench)
})

afterEach(() => bench.close())

/** Something goes wrong with the next archive request. */
async function hitBy(fault: Fault): Promise<void> {
  bench.fake.faults.next({ method: 'POST' }, fault)
  await bench.hint(poolId)
}

function nameOf(fault: Fault): string {
  return Object.values(fault).map(String).join(' ')
}

describe('A request whose outcome is unknown', () => {
  const withoutEffect: readonly Fault[] = [
    ...([408, 500, 502, 503, 504] as const).map((status) => ({ kind: 'status', status }) as const),
    { kind: 'status', status: 502, body: 'html' },
    { kind: 'status', status: 503, body: 'empty' },
    { kind: 'hang' },
    { kind: 'cut' },
    { kind: 'redirect', location: 'https://elsewhere.invalid/' },
  ]
  const withEffect: readonly Fault[] = [
    { kind: 'effect-then-hang' },
    { kind: 'effect-then-cut' },
    { kind: 'cut-mid-body' },
    { kind: 'truncated' },
    { kind: 'not-json' },
    { kind: 'edited', edit: () => ({}) },
  ]

  const stories = [
    ...withoutEffect.map((fault) => ({ fault, name: nameOf(fault), requests: 2 })),
    ...withEffect.map((fault) => ({ fault, name: nameOf(fault), requests: 1 })),
  ]

  test.each(stories)('by $name is posted $requests times in all', async ({ fault, requests }) => {
    await hitBy(fault)

    const record = await bench.record(poolId)
    expect(record).toMatchObject({ state: 'submitting', reason: 'outcome-unknown' })
    expect(record.lastError).toMatchObject({ call: `POST /pools/${poolId}/archive` })
    expect(record.dueAt).toBe(bench.clock.at + 5 * minuteMs)
    await pass(bench, 5 * minuteMs - 1)
    const before = bench.model.requests.total
    await bench.hint(poolId)
    expect(bench.model.requests.total).toBe(before)

    expect((await untilDue(bench, poolId)).state).toBe('archived')
    expect(archiveRequests(bench, poolId)).toBe(requests)
    expect((await bench.record(poolId)).operations).toHaveLength(1)
    expect(requestsOf(bench, 'GET /operations')).toBe(1)
    expect(bench.model.violations).toEqual([])
  })
})
