import { isSameAddress, leadsTo } from './subscription-address.ts'

/** A subscription to the close of a pool, as Toloka lists it. */
export interface FoundSubscription {
  readonly id: string
  readonly poolId: string
  readonly webhookUrl: string
}

/** The webhook that Toloka shall call. */
export interface WebhookAddress {
  /** Whatever leads to it is ours. */
  readonly url: string
  /** The same with the mark of the newest secret. */
  readonly marked: string
}

/** `unreadable`: Toloka lists it in a way that makes no sense, so nobody knows whether it is. */
export type Scope = 'in-scope' | 'out-of-scope' | 'unreadable'

/** What stands at Toloka. */
export interface SubscriptionFacts {
  readonly webhook: WebhookAddress
  /** Open pools by their ids. */
  readonly open: ReadonlyMap<string, Scope>
  /** Everybody's subscriptions to closes. */
  readonly found: readonly FoundSubscription[]
}

/** `outdated-secret`: there is a subscription, put with another secret than the newest. */
export type Coverage = 'covered' | 'outdated-secret' | 'missing'

/** Every open pool in scope, and whether Toloka tells of its close. */
export function coverageOf(facts: SubscriptionFacts): ReadonlyMap<string, Coverage> {
  const ours = oursByPool(facts)
  const inScope = [...facts.open].filter(([, scope]) => scope === 'in-scope')
  return new Map(
    inScope.map(([poolId]) => {
      const found = ours.get(poolId)
      if (found === undefined) return [poolId, 'missing']
      return [poolId, findMarked(facts, found) ? 'covered' : 'outdated-secret']
    }),
  )
}

/**
 * Our subscriptions that have to go: those of archived pools and of open ones out of scope, and
 * those beside one with the newest secret. A closed pool keeps its own: it may be opened again.
 *
 * @param archived those of `poolsToAskAbout` that are archived
 * @param putIds ids of subscriptions that were put since the facts were read, by their pools.
 *   Toloka may have updated an outdated one instead of making another.
 */
export function findSurplus(
  facts: SubscriptionFacts,
  archived: ReadonlySet<string>,
  putIds: ReadonlyMap<string, string> = new Map(),
): readonly FoundSubscription[] {
  return [...oursByPool(facts)].flatMap(([poolId, ours]) => {
    const scope = facts.open.get(poolId)
    if (scope === undefined ? archived.has(poolId) : scope === 'out-of-scope') return ours
    const kept = putIds.get(poolId) ?? findMarked(facts, ours)?.id
    return kept === undefined ? [] : ours.filter(({ id }) => id !== kept)
  })
}

/** Pools with a subscription of ours that are not open: they may be archived. Each once. */
export function poolsToAskAbout(facts: SubscriptionFacts): readonly string[] {
  return [...oursByPool(facts).keys()].filter((poolId) => !facts.open.has(poolId))
}

function oursByPool({
  webhook,
  found,
}: SubscriptionFacts): ReadonlyMap<string, readonly FoundSubscription[]> {
  const ours = found.filter(({ webhookUrl }) => leadsTo(webhook.url, webhookUrl))
  return Map.groupBy(ours, ({ poolId }) => poolId)
}

function findMarked(
  { webhook }: SubscriptionFacts,
  ours: readonly FoundSubscription[],
): FoundSubscription | undefined {
  return ours.find(({ webhookUrl }) => isSameAddress(webhookUrl, webhook.marked))
}
