import { availableParallelism } from 'node:os'
import { describe, expect, test } from '@jest/globals'
import { reasons } from '../../functions/domain/reasons.ts'
import { states, transitions } from '../../functions/domain/states.ts'
import { personalities } from '../fake-toloka/personality.ts'
import { MemoryArchivalStore } from '../twins/memory-archival-store.ts'
import { Census } from './census.ts'
import { simulate } from './simulate.ts'
import { simulateInParallel } from './simulate-in-parallel.ts'
import { SimulatedWorld } from './world.ts'

/** What the fake Toloka never shows. */
const neverShown = ['close-time-unknown', 'unknown-status']

const unfinished = states.filter((state) => state !== 'archived')

/** From state to state, as the table of transitions allows it. */
const everyMove = new Set(
  Object.values(transitions).flatMap(({ from, to }) =>
    from.flatMap((origin) => (to === 'same' ? [] : [`${origin} → ${to}`])),
  ),
)

/**
 * These take somebody who writes the record while Toloka answers another one, for longer than a
 * lease; here no time passes while a message is handled.
 */
const rareMoves = [
  'archiving → held',
  'archiving → watching',
  'attention → archiving',
  'held → archiving',
  'submitting → held',
  'submitting → watching',
  'waiting → archiving',
  'watching → archiving',
  'watching → attention',
]

describe('Twenty thousand lives in which everything goes wrong', () => {
  test('break no promise, and a good part of everything happens in them', async () => {
    const { census, lives, archived, failure } = await simulateInParallel(
      { pools: 20_000, seed: 1 },
      availableParallelism(),
    )

    expect(failure).toBeNull()
    expect(lives).toBeGreaterThanOrEqual(20_000)
    expect(archived / lives).toBeGreaterThan(0.5)
    /** What happened less than three times. */
    const rareAmong = (kind: string, names: Iterable<string>) => {
      const counts = new Map(census.of(kind))
      return [...names].filter((name) => (counts.get(name) ?? 0) < 3).toSorted()
    }
    const namesOf = (kind: string) => census.of(kind).map(([what]) => what)
    expect(rareAmong('reason', Object.keys(reasons))).toEqual(neverShown)
    expect(rareAmong('transition', everyMove)).toEqual(rareMoves)
    expect(rareAmong('trouble while', ['new', ...unfinished, 'sweep'])).toEqual([])
    expect(rareAmong('blow while', ['new', ...states, 'sweep', 'webhook'])).toEqual([])
    expect(namesOf('personality')).toHaveLength(personalities.length)
    expect(namesOf('trouble')).toHaveLength(9)
    expect(namesOf('fault').toSorted()).toEqual(['crowd', 'doubling', 'lateness', 'loss'])
    expect(namesOf('webhook').toSorted()).toEqual(['200', '401', '503', 'null'])
    // Eight requests to Toloka and nine other effects; before and after; the latter fail as well.
    expect(namesOf('blow')).toHaveLength(8 * 2 + 9 * 4)
  }, 300_000)

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
    const { failure } = await simulate({ pools: 2_000, seed: 1 }, () => new Store())

    expect(failure?.breaches).not.toEqual([])
    expect(failure).not.toBeNull()
  })
})
