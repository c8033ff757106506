import { createAccountStore } from '../../../functions/adapters/aws/account-store.ts'
import { createArchivalStore } from '../../../functions/adapters/aws/archival-store.ts'
import { sweep } from '../../../functions/application/sweep.ts'
import { createCountedTable } from '../../adapters/aws/count-table.ts'
import { startDynalite } from '../../adapters/aws/start-dynalite.ts'
import { setUpWorkbench } from '../../support/workbench.ts'
import { arrangeLargeAccount, rememberPools } from './large-account.ts'

/** What a sweep that finds nothing changed costs of the table on AWS, in its units. */
export interface TableCost {
  readonly read: number
  /** Of these, what the records of the pools cost. The rest is the account's, and looks for what is due. */
  readonly readOfRecords: number
  readonly written: number
}

/** Sweeps an account whose pools are all known over DynamoDB, as dynalite counts it. */
export async function sweepOverTable(pools: number): Promise<TableCost> {
  const dynalite = await startDynalite()
  try {
    const counted = await createCountedTable(dynalite)
    const store = createArchivalStore(counted.table, async () => {})
    const account = createAccountStore(counted.table)
    const bench = await setUpWorkbench({ replace: () => ({ store, account }) })
    try {
      const known = arrangeLargeAccount(bench.model, pools, 0)
      await rememberPools(known, store, bench.hint, 25)
      counted.reset()
      const { outcome, listed, woken } = await sweep(bench.dependencies, 'benchmark')
      const isQuiet = outcome === 'finished' && listed === pools && woken === 0
      if (!isQuiet) throw new Error(`It was no quiet sweep of all pools, but ${outcome}.`)
      return { ...counted.units, readOfRecords: counted.readTogether() }
    } finally {
      await bench.close()
    }
  } finally {
    await dynalite.close()
  }
}
