import * as z from 'zod/mini'
import { newAccountState } from '../../application/account-state.ts'
import type { AccountStore } from '../../application/ports.ts'
import { parseAccount } from '../../application/stored-account.ts'
import type { DataFile } from './data-file.ts'

const bodyRow = z.object({ body: z.string() })

/**
 * The state of the account in a data file. Every call may throw a DataFileError, and reading an
 * UnreadableAccountError.
 */
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
        return row === undefined ? newAccountState : parseAccount(path, z.parse(bodyRow, row).body)
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
