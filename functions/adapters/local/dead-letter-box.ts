import * as z from 'zod/mini'
import type { DeadLetterBox } from '../../application/operator-ports.ts'
import type { WakeUp } from '../../application/ports.ts'
import type { DataFile } from './data-file.ts'

const deadLetterRow = z.object({
  id: z.int(),
  pool_id: z.string(),
  cause: z.enum(['timer', 'hint']),
  due_at: z.int(),
  failures: z.int(),
  problem: z.string(),
  buried_at: z.int(),
})

const countRow = z.object({ number: z.int() })

export const deadLetterStatements = {
  list: `
    select id, pool_id, cause, due_at, failures, problem, buried_at
    from dead_letters order by id limit ?`,
  count: 'select count(*) as number from dead_letters',
  // A number is given again once the newest letter is gone.
  remove: 'delete from dead_letters where id = ? and buried_at = ?',
} as const

/** The wake-ups of a data file that failed for good. Every call may throw a DataFileError. */
export function createDeadLetterBox({ prepare, read, write }: DataFile): DeadLetterBox {
  const list = prepare(deadLetterStatements.list)
  const counting = prepare(deadLetterStatements.count)
  const remove = prepare(deadLetterStatements.remove)
  return {
    list: (limit) => read(() => z.parse(z.array(deadLetterRow), list.all(limit)).map(toLetter)),
    count: () => read(() => z.parse(countRow, counting.get()).number),
    remove: async ({ id, writtenAt }) => {
      await write(() => remove.run(Number(id), writtenAt))
    },
  }
}

function toLetter(row: z.infer<typeof deadLetterRow>) {
  const { id, pool_id: poolId, cause, due_at: dueAt } = row
  const wakeUp: WakeUp = { version: 1, poolId, cause, dueAt }
  return {
    id: String(id),
    message: JSON.stringify(wakeUp),
    problem: row.problem,
    failures: row.failures,
    writtenAt: row.buried_at,
  }
}
