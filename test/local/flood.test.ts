import { expect, test } from '@jest/globals'
import { flood, heapGrowthMiB } from '../load/flood-figures.ts'
import { makeTemporaryFolder } from '../support/temporary-folder.ts'

const pools = 2_000
const perSecond = 20

test('2,000 pools that close at once are archived at the usual rate, in flat memory', async () => {
  const folder = makeTemporaryFolder()
  try {
    const figures = await flood(pools, perSecond, folder.file(''))

    expect(figures).toMatchObject({ accepted: pools, archived: pools, violations: 0 })
    expect(figures.complaints).toEqual({})
    expect(figures.peakPerSecond).toBe(perSecond)
    // Five for each pool, and one now and then for the account.
    expect(figures.total).toBeGreaterThanOrEqual(5 * pools)
    expect(figures.total).toBeLessThan(5.1 * pools)
    expect(heapGrowthMiB(figures)).toBeLessThan(8)
  } finally {
    folder.remove()
  }
})
