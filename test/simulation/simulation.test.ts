import { describe, expect, test } from '@jest/globals'
import { reasons } from '../../functions/domain/reasons.ts'
import { states } from '../../functions/domain/states.ts'
import { MemoryArchivalStore } from '../twins/memory-archival-store.ts'
import { Census } from './census.ts'
import { simulate } from './simulate.ts'
import { SimulatedWorld } from './world.ts'

/** What no simulated world has yet: nobody holds, pauses or observes there, and no pool is lost. */
const notYet = new Set([
  'training',
  'close-time-unknown',
  'unknown-status',
  'project-out-of-scope',
  'held-by-operator',
  'observe-mode',
  'paused',
  'daily-limit',
  'operation-stuck',
  'pool-forbidden',
  'not-found',
  'request-invalid',
])

describe('Two thousand lives in which everything goes wrong', () => {
  test('break no promise, and a good part of everything happens in them', async () => {
    const { census, lives, archived, failure } = await simulate(2_000, 1)

    expect(failure).toBeNull()
    expect(archived / lives).toBeGreaterThan(0.5)
    const counts = (kind: string) => Object.fromEntries(census.of(kind))
    expect(Object.keys(counts('state')).toSorted()).toEqual([...states].toSorted())
    const missing = Object.keys(reasons).filter((reason) => !(reason in counts('reason')))
    expect(missing.filter((reason) => !notYet.has(reason))).toEqual([])
    expect(census.of('trouble')).toHaveLength(9)
    expect(
      census
        .of('fault')
        .map(([fault]) => fault)
        .toSorted(),
    ).toEqual(['crowd', 'doubling', 'lateness', 'loss'])
    expect(census.of('death').length).toBeGreaterThan(20)
  })

  test('are the same each time', async () => {
    const tell = async () => new SimulatedWorld(17, new Census(), { isLogged: true }).run()
    const [one, other] = [await tell(), await tell()]

    expect(one.log.length).toBeGreaterThan(100)
    expect(other).toEqual(one)
  })
})

describe('A store that is careless is found out:', () => {
  class WithoutVersions extends MemoryArchivalStore {
    override readonly put: MemoryArchivalStore['put'] = async (record) => this.keep(record)
  }

  class WithoutOperations extends MemoryArchivalStore {
    override readonly put: MemoryArchivalStore['put'] = async (record, expectedVersion) => {
      this.expectVersion(record.poolId, expectedVersion)
      this.keep({ ...record, operations: [] })
    }
  }

  class ThatLosesWhatIsDue extends MemoryArchivalStore {
    override readonly overdue: MemoryArchivalStore['overdue'] = async () => []
  }

  test.each([
    ['one that writes over what others wrote', WithoutVersions],
    ['one that drops operations', WithoutOperations],
    ['one that does not know what is overdue', ThatLosesWhatIsDue],
  ])('%s', async (_what, Store) => {
    const { failure } = await simulate(2_000, 1, () => new Store())

    expect(failure?.breaches).not.toEqual([])
    expect(failure).not.toBeNull()
  })
})
