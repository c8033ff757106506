import * as z from 'zod/mini'
import { openTable, type Table } from '../../../functions/adapters/aws/table.ts'
import { createTable } from './create-table.ts'
import type { Dynalite } from './start-dynalite.ts'

export interface CountedTable {
  readonly table: Table
  /** Capacity units since the last reset, as DynamoDB counts them; those of indexes come on top. */
  readonly units: { read: number; written: number }
  /** Those of them that went into reading many records at once, by their ids. */
  readonly readTogether: () => number
  readonly reset: () => void
}

const consumed = z.object({ CapacityUnits: z.number() })
const answer = z.object({ ConsumedCapacity: z.optional(z.union([consumed, z.array(consumed)])) })

/** A new table, and what its use costs. */
export async function createCountedTable(dynalite: Dynalite): Promise<CountedTable> {
  const { name } = await createTable(dynalite.client)
  const units = { read: 0, written: 0 }
  let readTogether = 0
  const base = dynalite.connect()
  base.middlewareStack.add(
    (next, { commandName }) =>
      async (call) => {
        Object.assign(call.input, { ReturnConsumedCapacity: 'TOTAL' })
        const result = await next(call)
        const { ConsumedCapacity = [] } = z.parse(answer, result.output)
        for (const { CapacityUnits } of [ConsumedCapacity].flat()) {
          units[commandName === 'PutItemCommand' ? 'written' : 'read'] += CapacityUnits
          if (commandName === 'BatchGetItemCommand') readTogether += CapacityUnits
        }
        return result
      },
    { step: 'initialize' },
  )
  return {
    table: openTable(name, base),
    units,
    readTogether: () => readTogether,
    reset: () => {
      Object.assign(units, { read: 0, written: 0 })
      readTogether = 0
    },
  }
}
