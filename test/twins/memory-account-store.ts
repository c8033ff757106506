import { newAccountState, type AccountState } from '../../functions/application/account-state.ts'
import type { AccountStore } from '../../functions/application/ports.ts'

/** The state of the account in memory. */
export class MemoryAccountStore implements AccountStore {
  #state: AccountState = newAccountState

  get state(): AccountState {
    return this.#state
  }

  readonly read: AccountStore['read'] = async () => this.#state

  readonly write: AccountStore['write'] = async (state, expectedVersion) => {
    if (this.#state.version !== expectedVersion) return false
    this.#state = state
    return true
  }
}
