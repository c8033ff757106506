import { describe, expect, test } from '@jest/globals'
import type { Plan } from '../../functions/application/plan-account.ts'
import {
  parsePlan,
  summarise,
  viewDifference,
  viewPlan,
} from '../../functions/application/plan-view.ts'
import { dayMs, toIso } from '../../functions/domain/instant.ts'
import { planOutcomes, type PlannedPool } from '../../functions/domain/plan-pool.ts'

const madeAt = Date.parse('2026-03-25T10:00:00Z')
const midnight = Date.parse('2026-03-26T00:00:00Z')

function plannedPool(change: Partial<PlannedPool> = {}): PlannedPool {
  return {
    poolId: '17',
    projectId: '5',
    name: 'Cats, March',
    outcome: 'archive',
    reason: 'appeal-window',
    detail: null,
    at: madeAt + 3 * dayMs,
    ...change,
  }
}

const pools = [plannedPool(), plannedPool({ poolId: '18', outcome: 'keep', at: null })]

async function* noPools(): AsyncGenerator<PlannedPool> {}

const plan: Plan = {
  madeAt,
  origin: 'https://toloka.dev',
  requesterId: 'requester-1',
  observing: false,
  paused: null,
  pools: noPools(),
}

describe('The summary of a plan', () => {
  const nothing = { today: 0, later: 0, underWay: 0, attention: 0, kept: 0, unreadable: 0 }

  test.each<[what: string, pool: Partial<PlannedPool>, counted: Partial<typeof nothing>]>([
    ['at once', { at: madeAt }, { today: 1 }],
    ['in the last moment of today, by UTC', { at: midnight - 1 }, { today: 1 }],
    ['at midnight', { at: midnight }, { later: 1 }],
    ['in three days', { at: madeAt + 3 * dayMs }, { later: 1 }],
    ['nobody knows when', { outcome: 'wait', at: madeAt }, { later: 1 }],
    ['under way', { outcome: 'under-way', at: madeAt }, { underWay: 1 }],
    ['for a person', { outcome: 'attention', at: madeAt }, { attention: 1 }],
    ['kept until tonight', { outcome: 'keep', at: madeAt }, { kept: 1 }],
    ['unreadable', { outcome: 'unreadable', at: null }, { unreadable: 1 }],
  ])('counts a pool: %s', (_what, pool, counted) => {
    expect(summarise([plannedPool(pool)], madeAt)).toEqual({ ...nothing, ...counted })
  })

  test('counts every pool once', () => {
    const one = planOutcomes.map((outcome) => plannedPool({ outcome }))
    const two = [...one, ...one, plannedPool({ at: madeAt })]
    expect(summarise(two, madeAt)).toEqual({
      today: 1,
      later: 4,
      underWay: 2,
      attention: 2,
      kept: 2,
      unreadable: 2,
    })
  })
})

describe('A plan in a file', () => {
  const write = (complete = true, change: object = {}) =>
    JSON.stringify({ ...viewPlan(plan, pools, complete), ...change })

  test('says all of it, in dates that people can read', () => {
    expect(viewPlan({ ...plan, paused: { by: 'ada', since: madeAt } }, pools, true)).toEqual({
      plan: 1,
      madeAt: '2026-03-25T10:00:00.000Z',
      origin: 'https://toloka.dev',
      requesterId: 'requester-1',
      observing: false,
      paused: true,
      complete: true,
      summary: { today: 0, later: 1, underWay: 0, attention: 0, kept: 1, unreadable: 0 },
      pools: [
        { ...pools[0], at: '2026-03-28T10:00:00.000Z' },
        { ...pools[1], at: null },
      ],
    })
  })

  test('is read as it was', () => {
    const { paused: _by, pools: _none, ...head } = plan
    expect(parsePlan(write())).toEqual({ ...head, plan: 1, paused: false, complete: true, pools })
  })

  test('of another version may give reasons that are not known here', () => {
    const pool = { ...pools[1], reason: 'moon-in-the-wrong-phase' }
    expect(parsePlan(write(true, { pools: [pool] }))?.pools).toEqual([{ ...pool, reason: null }])
  })

  test.each([
    ['of which a part is missing', write(false)],
    ['that is none', '[]'],
    ['that was cut', write().slice(0, -2)],
    ['of another kind', write(true, { plan: 2 })],
    ['of a time that is none', write(true, { madeAt: 'yesterday' })],
    [
      'with an outcome that nobody knows',
      write(true, { pools: [plannedPool(), { outcome: 'x' }] }),
    ],
  ])('%s is not compared', (_what, text) => {
    expect(parsePlan(text)).toBeNull()
  })
})

test('A difference shows both plans of a pool, or null for the one that is not there', () => {
  const [after = plannedPool()] = pools
  const before = plannedPool({ at: null })
  const shown = { ...after, at: toIso(after.at ?? 0) }
  expect(viewDifference({ kind: 'moved', before, after })).toEqual({
    kind: 'moved',
    before,
    after: shown,
  })
  expect(viewDifference({ kind: 'new', before: null, after })).toEqual({
    kind: 'new',
    before: null,
    after: shown,
  })
  expect(viewDifference({ kind: 'gone', before: after, after: null })).toEqual({
    kind: 'gone',
    before: shown,
    after: null,
  })
})
