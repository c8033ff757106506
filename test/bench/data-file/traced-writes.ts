import { DatabaseSync, StatementSync, type SQLInputValue } from 'node:sqlite'

/** One thing that was done to a data file. */
export type Write =
  | { readonly kind: 'begin' | 'commit' }
  | { readonly kind: 'run'; readonly sql: string; readonly values: readonly SQLInputValue[] }

/** Everything that is written to any data file in this process while `work` runs, in order. */
export async function traceWrites(work: () => Promise<void>): Promise<readonly Write[]> {
  const writes: Write[] = []
  const endings = [
    watch(DatabaseSync.prototype, 'exec', (_, [sql]) => {
      if (sql === 'begin immediate') writes.push({ kind: 'begin' })
      if (sql === 'commit') writes.push({ kind: 'commit' })
    }),
    watch(StatementSync.prototype, 'run', (statement, values) => {
      if (!(statement instanceof StatementSync)) return
      writes.push({ kind: 'run', sql: statement.sourceSQL, values: values.map(toInput) })
    }),
  ]
  try {
    await work()
  } finally {
    for (const end of endings) end()
  }
  return writes
}

/** Has each call of a method noted; returns what ends that. */
function watch(
  prototype: object,
  name: string,
  note: (self: unknown, given: readonly unknown[]) => void,
): () => void {
  const method: unknown = Reflect.get(prototype, name)
  if (typeof method !== 'function') throw new Error(`There is no method ${name}.`)
  const watched = new Proxy(method, {
    apply: (target, self, given: readonly unknown[]): unknown => {
      note(self, given)
      return Reflect.apply(target, self, given)
    },
  })
  Reflect.set(prototype, name, watched)
  return () => void Reflect.set(prototype, name, method)
}

function toInput(value: unknown): SQLInputValue {
  if (value === null || typeof value === 'string' || typeof value === 'number') return value
  throw new Error(`Nothing of ours writes a ${typeof value}.`)
}

/** Does the same again, by prepared statements on a file that is as it was before. */
export function openReplay(path: string, writes: readonly Write[]) {
  const database = new DatabaseSync(path)
  database.exec('pragma journal_mode = wal; pragma synchronous = full')
  const prepared = new Map<string, StatementSync>()
  const prepare = (sql: string): StatementSync => {
    const statement = prepared.get(sql) ?? database.prepare(sql)
    prepared.set(sql, statement)
    return statement
  }
  const steps = writes.map((write) => {
    if (write.kind !== 'run') {
      const sql = write.kind === 'begin' ? 'begin immediate' : 'commit'
      return () => database.exec(sql)
    }
    const { sql, values } = write
    const statement = prepare(sql)
    return () => void statement.run(...values)
  })
  return {
    replay: () => {
      for (const step of steps) step()
    },
    close: () => database.close(),
  }
}
