import { makeTemporaryFolder } from '../support/temporary-folder.ts'
import { flood as letPoolsClose, heapGrowthMiB } from './flood-figures.ts'
import type { Scenario } from './scenario.ts'

const perSecond = 20
const heapGrowthLimitMiB = 8
/** A look at a clean pool, from its close to the end. */
const requestsEach = 5

export const flood: Scenario = {
  title:
    'Many pools close within a minute of a virtual clock, and are worked off at the usual rate',
  run: async (report, options) => {
    const folder = makeTemporaryFolder()
    try {
      const figures = await letPoolsClose(options.flood, perSecond, folder.file(''))
      const { pools, accepted, archived, total, peakPerSecond, heapMiB } = figures
      const hours = (figures.virtualSeconds / 3_600).toFixed(1)
      report.figure('pools', pools)
      report.figure('time', `${hours} h on the clock, ${figures.realSeconds.toFixed(0)} s in fact`)
      report.figure('requests to Toloka', `${total}, ${(total / pools).toFixed(2)} for each pool`)
      report.figure('most requests in a second', peakPerSecond)
      report.figure('heap after collecting garbage', `${heapMiB.join(', ')} MiB`)
      report.check(accepted === pools, 'every webhook was accepted')
      report.check(archived === pools, `every pool is archived (${archived})`)
      report.check(peakPerSecond <= perSecond, `never more than ${perSecond} requests in a second`)
      report.check(
        total < pools * (requestsEach + 1),
        `some ${requestsEach} requests for each pool`,
      )
      const growth = heapGrowthMiB(figures)
      report.check(
        growth < heapGrowthLimitMiB,
        `memory is flat (it grew by ${growth.toFixed(1)} MiB)`,
      )
      report.check(figures.violations === 0, 'nothing was archived that must not be')
      const complaints = JSON.stringify(figures.complaints)
      report.check(complaints === '{}', `the journal complains of nothing (${complaints})`)
    } finally {
      folder.remove()
    }
  },
}
