import { describe, expect, test } from '@jest/globals'
import {
  coverageOf,
  findSurplus,
  poolsToAskAbout,
  type Coverage,
  type Scope,
  type SubscriptionFacts,
} from '../../functions/domain/subscription-plan.ts'

const url = 'https://archiver.example/webhooks/toloka'
const marked = `${url}?secret-version=new`
const outdated = `${url}?secret-version=old`
const foreign = 'https://somebody.example/webhooks/toloka?secret-version=new'

/** About pool 17; its subscriptions are called a, b, c in the order of their addresses. */
function factsOf(scope: Scope | 'not open', addresses: readonly string[]): SubscriptionFacts {
  return {
    webhook: { url, marked },
    open: new Map(scope === 'not open' ? [] : [['17', scope]]),
    found: addresses.map((webhookUrl, index) => ({
      id: 'abc'.charAt(index),
      poolId: '17',
      webhookUrl,
    })),
  }
}

function idsOf(found: readonly { readonly id: string }[]): string {
  return found.map(({ id }) => id).join('')
}

describe('An open pool in scope', () => {
  test.each<readonly [string, readonly string[], Coverage, string]>([
    ['without any', [], 'missing', ''],
    ["with somebody else's", [foreign], 'missing', ''],
    ['with the newest secret', [marked], 'covered', ''],
    ['with an outdated secret', [outdated], 'outdated-secret', ''],
    ['with one that was made by hand', [url], 'outdated-secret', ''],
    ['with both', [outdated, marked], 'covered', 'a'],
    ['with several', [url, foreign, outdated], 'outdated-secret', ''],
    ['with two of the newest', [marked, marked, foreign], 'covered', 'b'],
  ])('%s: %j is %s', (_what, addresses, coverage, surplus) => {
    const facts = factsOf('in-scope', addresses)
    expect([...coverageOf(facts)]).toEqual([['17', coverage]])
    expect(idsOf(findSurplus(facts, new Set(['17'])))).toBe(surplus)
    expect(poolsToAskAbout(facts)).toEqual([])
  })

  test.each([
    ['another was made', 'new', 'ac'],
    ['Toloka updated one of them', 'a', 'c'],
  ])('loses outdated ones once it has been put and %s', (_what, id, surplus) => {
    const facts = factsOf('in-scope', [url, foreign, outdated])
    expect(idsOf(findSurplus(facts, new Set(), new Map([['17', id]])))).toBe(surplus)
  })
})

describe('Subscriptions of a pool that is', () => {
  test.each<readonly [string, Scope | 'not open', boolean, readonly string[], string]>([
    ['out of scope go', 'out-of-scope', false, [marked, outdated, foreign], 'ab'],
    ['archived go', 'not open', true, [marked, outdated, foreign], 'ab'],
    ['closed stay, for it may be opened again', 'not open', false, [outdated, url], ''],
    ['closed go but for the newest', 'not open', false, [outdated, marked, url], 'ac'],
    ['unreadable stay', 'unreadable', false, [outdated], ''],
    ['unreadable go but for the newest', 'unreadable', false, [outdated, marked], 'a'],
  ])('%s', (_what, scope, isArchived, addresses, surplus) => {
    const facts = factsOf(scope, addresses)
    const archived = new Set(isArchived ? ['17'] : [])
    expect(idsOf(findSurplus(facts, archived))).toBe(surplus)
    expect([...coverageOf(facts)]).toEqual([])
  })
})

test('Only pools that are not open and have one of ours are asked about, each once', () => {
  const found = [
    { id: 'a', poolId: '1', webhookUrl: marked },
    { id: 'b', poolId: '2', webhookUrl: outdated },
    { id: 'c', poolId: '2', webhookUrl: url },
    { id: 'd', poolId: '3', webhookUrl: foreign },
    { id: 'e', poolId: '4', webhookUrl: marked },
  ]
  const open = new Map<string, Scope>([
    ['1', 'in-scope'],
    ['4', 'unreadable'],
  ])
  expect(poolsToAskAbout({ webhook: { url, marked }, open, found })).toEqual(['2'])
})
