import { constantFrom, dictionary, nat, option, record, type Arbitrary } from 'fast-check'
import type { AccountState } from '../../functions/application/account-state.ts'
import { someError, someInstant, somePoolId, someText } from './some-record.ts'

/** Any state of the account, but for its version. */
export const someAccountContent: Arbitrary<Omit<AccountState, 'version'>> = record({
  owner: option(record({ origin: constantFrom('https://toloka.dev'), requesterId: someText })),
  paused: option(record({ by: someText, since: someInstant })),
  denied: option(record({ since: someInstant, nextProbeAt: someInstant, error: someError })),
  day: record({ date: constantFrom('', '2026-11-24'), requests: nat(999), deferred: nat(999) }),
  sweep: record({
    lease: option(record({ owner: someText, until: someInstant })),
    cursor: option(somePoolId),
    finishedAt: option(someInstant),
  }),
  told: dictionary(
    constantFrom('digest:slack', 'digest:mail', 'daily-limit:slack'),
    record({ on: constantFrom('', '2026-11-24'), until: option(someInstant) }),
    { noNullPrototype: true },
  ),
})
