import * as z from 'zod/mini'
import { newAccountState, type AccountState } from '../../application/account-state.ts'
import type { AccountStore } from '../../application/ports.ts'
import type { DataFile } from './data-file.ts'
import { answeredError } from './stored-record.ts'

const instant = z.int()

const accountState = z.object({
  version: z.int(),
  owner: z.nullable(z.object({ origin: z.string(), requesterId: z.string() })),
  paused: z.nullable(z.object({ by: z.string(), since: instant })),
  denied: z.nullable(z.object({ since: instant, nextProbeAt: instant, error: answeredError })),
  day: z.object({ date: z.string(), requests: z.int(), deferred: z.int() }),
  sweep: z.object({
    lease: z.nullable(z.object({ owner: z.string(), until: instant })),
    cursor: z.nullable(z.string()),
    finishedAt: z.nullable(instant),
  }),
})

const bodyRow = z.object({ body: z.string() })

/** The stored state of the account makes no sense here. It was not changed. */
export class UnreadableAccountError extends Error {
  override readonly name = 'UnreadableAccountError'

  constructor(path: string, options: ErrorOptions) {
    super(
      `The state of the account in ${path} cannot be read. It was left as it is. ` +
        'Was it written by a newer archiver? Then start that one again; else restore a backup.',
      options,
    )
  }
}

/** The state of the account in a data file. Every call may throw a DataFileError. */
export function createAccountStore({ path, prepare, read, write }: DataFile): AccountStore {
  const select = prepare('select body from account where id = 1')
  const insert = prepare(
    'insert into account (id, version, body) values (1, ?, ?) on conflict do nothing',
  )
  const update = prepare('update account set version = ?, body = ? where id = 1 and version = ?')

  return {
    read: () =>
      read(() => {
        const row = select.get()
        return row === undefined ? newAccountState : parseState(path, row)
      }),
    write: (state, expectedVersion) =>
      write(() => {
        const body = JSON.stringify(state)
        const { changes } =
          expectedVersion === 0
            ? insert.run(state.version, body)
            : update.run(state.version, body, expectedVersion)
        return changes === 1
      }),
  }
}

/** @throws UnreadableAccountError: to begin afresh would forget a pause, and whose pools these are. */
function parseState(path: string, row: unknown): AccountState {
  try {
    return z.parse(accountState, JSON.parse(z.parse(bodyRow, row).body))
  } catch (error) {
    throw new UnreadableAccountError(path, { cause: error })
  }
}
