import { randomUUID } from 'node:crypto'
import type { Dependencies } from '../application/dependencies.ts'
import type { Journal } from '../application/ports.ts'
import { sweep } from '../application/sweep.ts'
import type { SweepRequest } from './operator-console.ts'

/**
 * Sweeps in this process, beside an archiver that may sweep as well: whoever has the lease goes on,
 * the other is busy. The owner is a new one each time, or two command lines would share a lease.
 *
 * @param onPage is told after each page how many pools were listed so far
 * @throws WrongAccountError
 */
export async function sweepBeside(
  dependencies: Dependencies,
  onPage: (listed: number) => void,
): Promise<SweepRequest> {
  const { toloka } = dependencies
  let listed = 0
  let problem: string | null = null
  const journal: Journal = {
    write: (code, fields) => {
      if (code === 'TOLOKA_TROUBLE') problem = String(fields?.['problem'])
    },
  }
  const watched: typeof toloka = {
    ...toloka,
    listPools: async (status, after) => {
      const page = await toloka.listPools(status, after)
      listed += page.pools.length + page.unreadable.length
      onPage(listed)
      return page
    },
  }
  const owner = `command-line-${randomUUID()}`
  const result = await sweep({ ...dependencies, toloka: watched, journal }, owner)
  return { kind: 'swept', result, problem }
}
