import type { Instant } from '../domain/instant.ts'
import type {
  FoundSubscription,
  Scope,
  SubscriptionFacts,
  WebhookAddress,
} from '../domain/subscription-plan.ts'
import { inScope } from '../domain/policy.ts'
import { checkTimeLeft } from './check-time-left.ts'
import { closeEvent, type AllForSubscriptions } from './subscription-dependencies.ts'
import { askAboutSubscriptions } from './webhooks-forbidden.ts'

/**
 * Reads the list of subscriptions, then that of open pools: a request for each 300 of them.
 *
 * @param until when to begin nothing more
 * @throws WebhooksForbiddenError, TolokaError, and an Error when there is no time left
 */
export async function readSubscriptionFacts(
  dependencies: AllForSubscriptions,
  webhook: WebhookAddress,
  until: Instant = Infinity,
): Promise<SubscriptionFacts> {
  const found = await listSubscriptions(dependencies)
  return { webhook, open: await listOpenPools(dependencies, until), found }
}

/** Everybody's subscriptions to closes. Throws WebhooksForbiddenError or TolokaError. */
export async function listSubscriptions({
  subscriptions,
}: AllForSubscriptions): Promise<readonly FoundSubscription[]> {
  const found = await askAboutSubscriptions(() => subscriptions.list(closeEvent))
  // Whatever was asked for, no other subscription may be taken for one of ours.
  return found.filter(({ eventType }) => eventType === closeEvent)
}

async function listOpenPools(
  { toloka, clock, journal, settings }: AllForSubscriptions,
  until: Instant,
): Promise<ReadonlyMap<string, Scope>> {
  const open = new Map<string, Scope>()
  let cursor: string | null = null
  do {
    checkTimeLeft(clock, until)
    const { pools, unreadable, next } = await toloka.listPools('OPEN', cursor)
    for (const pool of pools) {
      open.set(pool.id, inScope(settings.policy, pool) ? 'in-scope' : 'out-of-scope')
    }
    for (const { poolId, problem } of unreadable) {
      journal.write('POOL_UNREADABLE', { poolId, problem })
      if (poolId !== null) open.set(poolId, 'unreadable')
    }
    cursor = next
  } while (cursor !== null)
  return open
}
