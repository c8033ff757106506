import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { newAccountState, type AccountState } from '../../functions/application/account-state.ts'
import type { AccountStore } from '../../functions/application/ports.ts'
import { dayMs, hourMs } from '../../functions/domain/instant.ts'
import { start } from './records.ts'

export interface AccountStoreFixture {
  readonly store: AccountStore
  /** The same account through another connection, as another process has it. */
  readonly rival: AccountStore
  readonly close: () => Promise<void>
}

/** What every store of the account's state must do. `open` gives an empty one. */
export function describeAccountStore(name: string, open: () => Promise<AccountStoreFixture>): void {
  describe(`${name} as the store of the account`, () => {
    let fixture: AccountStoreFixture
    let store: AccountStore

    beforeEach(async () => {
      fixture = await open()
      store = fixture.store
    })
    afterEach(async () => fixture.close())

    test('begins with a state that binds, stops and counts nothing', async () => {
      expect(await store.read()).toEqual(newAccountState)
    })

    test('gives back every field as it was stored', async () => {
      expect(await store.write(full, 0)).toBe(true)
      expect(await store.read()).toEqual(full)
      expect(await fixture.rival.read()).toEqual(full)
    })

    test('writes only over the version that was read', async () => {
      const fresh = await store.read()
      const first = { ...fresh, version: 1 }
      const second = { ...full, version: 2 }

      expect(await store.write(second, 1)).toBe(false)
      expect(await store.read()).toEqual(fresh)
      expect(await store.write(first, 0)).toBe(true)
      expect(await store.write(first, 0)).toBe(false)
      expect(await store.write(second, 1)).toBe(true)
      expect(await store.write({ ...first, version: 2 }, 1)).toBe(false)
      expect(await store.read()).toEqual(second)
    })

    test('of two who write at once, one wins and the other is told', async () => {
      for (let version = 0; version < 20; version += 1) {
        const current = await store.read()
        const mine = { ...current, version: version + 1, paused: { by: 'mine', since: start } }
        const theirs = { ...mine, paused: { by: 'theirs', since: start } }
        const [won, alsoWon] = await Promise.all([
          store.write(mine, version),
          fixture.rival.write(theirs, version),
        ])

        expect(won).not.toBe(alsoWon)
        expect(await store.read()).toEqual(won ? mine : theirs)
      }
    })
  })
}

const full: AccountState = {
  version: 1,
  owner: { origin: 'https://toloka.dev', requesterId: '566ec2b0ff0deeaae5f9d500' },
  paused: { by: 'anna', since: start },
  denied: {
    since: start - hourMs,
    nextProbeAt: start + hourMs,
    error: {
      at: start,
      call: 'GET /requester',
      status: 401,
      code: 'AUTHENTICATION_ERROR',
      message: 'The token is not accepted.',
      requestId: null,
    },
  },
  day: { date: '2026-11-24', requests: 12, deferred: 3 },
  sweep: {
    lease: { owner: 'sweeper-1', until: start + hourMs },
    cursor: '1234',
    finishedAt: start - dayMs,
  },
  told: {
    'digest:slack': { on: '2026-11-24', until: start },
    'digest:mail': { on: '', until: null },
  },
}
