import { describe, expect, test } from '@jest/globals'
import { comparePlans } from '../../functions/domain/compare-plans.ts'
import { dayMs, hourMs } from '../../functions/domain/instant.ts'
import type { PlannedPool } from '../../functions/domain/plan-pool.ts'

const earlierAt = Date.UTC(2026, 0, 5)
const laterAt = earlierAt + dayMs
const due = laterAt + dayMs

function planned(change: Partial<PlannedPool> = {}): PlannedPool {
  const rest = { projectId: '5', name: null, detail: null }
  return { ...rest, poolId: '17', outcome: 'archive', reason: 'grace-period', at: due, ...change }
}

function compare(before: PlannedPool[], after: PlannedPool[]): (string | null | undefined)[][] {
  const differences = comparePlans(
    { madeAt: earlierAt, pools: before },
    { madeAt: laterAt, pools: after },
  )
  return differences.map((one) => [one.kind, one.before?.poolId, one.after?.poolId])
}

describe('A plan, compared with an earlier one,', () => {
  test.each<[name: string, PlannedPool[], PlannedPool[], (string | undefined)[][]]>([
    ['has a new pool', [], [planned()], [['new', undefined, '17']]],
    ['lacks a pool', [planned()], [], [['gone', '17', undefined]]],
    ['has moved a pool', [planned()], [planned({ at: due + hourMs })], [['moved', '17', '17']]],
    ['has moved a pool to now', [planned()], [planned({ at: laterAt })], [['moved', '17', '17']]],
    ['has another outcome', [planned()], [planned({ outcome: 'keep' })], [['changed', '17', '17']]],
    [
      'has another reason',
      [planned()],
      [planned({ reason: 'appeal-window' })],
      [['changed', '17', '17']],
    ],
    ['is the same', [planned()], [planned({ name: 'renamed' })], []],
    [
      'is the same although "at once" is later now',
      [planned({ at: earlierAt, reason: 'eligible' })],
      [planned({ at: laterAt, reason: 'eligible' })],
      [],
    ],
    [
      'is the same although the next look is another one',
      [planned({ outcome: 'wait' })],
      [planned({ outcome: 'wait', at: due + dayMs })],
      [],
    ],
    [
      'is the same although a hold has no end',
      [planned({ outcome: 'keep', at: null })],
      [planned({ outcome: 'keep', at: null })],
      [],
    ],
    [
      'says nothing of pools without an id',
      [planned({ poolId: null, outcome: 'unreadable' })],
      [planned({ poolId: null, outcome: 'unreadable' })],
      [],
    ],
  ])('%s', (_name, before, after, differences) => {
    const seen = compare(before, after).map((row) => row.map((id) => id ?? undefined))
    expect(seen).toEqual(differences)
  })
})
