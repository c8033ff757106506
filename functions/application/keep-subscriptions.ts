import type { Instant } from '../domain/instant.ts'
import {
  coverageOf,
  findSurplus,
  poolsToAskAbout,
  type FoundSubscription,
} from '../domain/subscription-plan.ts'
import { checkTimeLeft } from './check-time-left.ts'
import { findArchived } from './find-archived.ts'
import { readSubscriptionFacts } from './read-subscription-facts.ts'
import { closeEvent, type AllForSubscriptions, type Webhook } from './subscription-dependencies.ts'
import { isAboutOne } from './toloka-error.ts'
import { askAboutSubscriptions, WebhooksForbiddenError } from './webhooks-forbidden.ts'

/** Subscriptions that are put by one request. */
const batchSize = 100

export interface KeptSubscriptions {
  /**
   * `forbidden`: webhooks may have to be enabled for the account. `stopped`: other trouble, or no time.
   * Whatever is left is done after the next sweep.
   */
  readonly outcome: 'finished' | 'forbidden' | 'stopped'
  /** What stopped it, in words; null if nothing did. */
  readonly problem: string | null
  /** Open pools in scope that had their subscription already. */
  readonly covered: number
  readonly put: number
  /** What Toloka did not put or remove, and why. */
  readonly refused: readonly { readonly poolId: string; readonly problem: string }[]
  readonly removed: number
}

/** Counted on the way, so that whoever stops says how far it came. */
interface Tally {
  covered: number
  put: number
  refused: KeptSubscriptions['refused'][number][]
  removed: number
}

/**
 * Sees to it that Toloka tells of the close of every open pool in scope, by the newest secret, and
 * no longer of pools that are archived. To be called after a sweep that finished. Webhooks only
 * make things faster, so whatever goes wrong is told in the journal and never thrown.
 *
 * @param until when to begin nothing more, for a caller that has not for ever
 */
export async function keepSubscriptions(
  dependencies: AllForSubscriptions,
  until: Instant = Infinity,
): Promise<KeptSubscriptions> {
  const { journal } = dependencies
  const tally: Tally = { covered: 0, put: 0, refused: [], removed: 0 }
  const { outcome, problem } = await keep(dependencies, until, tally).then(finish, explain)
  const { refused, ...counts } = tally
  if (outcome === 'finished') {
    journal.write('SUBSCRIPTIONS_KEPT', { ...counts, refused: refused.length })
  } else {
    const code = outcome === 'forbidden' ? 'SUBSCRIPTIONS_FORBIDDEN' : 'SUBSCRIPTIONS_STOPPED'
    journal.write(code, { problem, ...counts, refused: refused.length })
  }
  return { outcome, problem, ...tally }
}

type End = Pick<KeptSubscriptions, 'outcome' | 'problem'>

function finish(): End {
  return { outcome: 'finished', problem: null }
}

function explain(error: unknown): End {
  const outcome = error instanceof WebhooksForbiddenError ? 'forbidden' : 'stopped'
  return { outcome, problem: error instanceof Error ? error.message : String(error) }
}

/** New ones are put before outdated ones go: both secrets are accepted meanwhile. */
async function keep(
  dependencies: AllForSubscriptions,
  until: Instant,
  tally: Tally,
): Promise<void> {
  const { clock } = dependencies
  checkTimeLeft(clock, until)
  const webhook = await dependencies.readWebhook()
  const facts = await readSubscriptionFacts(dependencies, webhook, until)
  const coverage = [...coverageOf(facts)]
  const toPut = coverage.flatMap(([poolId, how]) => (how === 'covered' ? [] : [poolId]))
  tally.covered = coverage.length - toPut.length
  const putIds = new Map<string, string>()
  for (let start = 0; start < toPut.length; start += batchSize) {
    checkTimeLeft(clock, until)
    const batch = toPut.slice(start, start + batchSize)
    for (const [poolId, id] of await put(dependencies, webhook, batch, tally)) {
      putIds.set(poolId, id)
    }
  }
  const archived = await findArchived(dependencies, poolsToAskAbout(facts), until)
  for (const subscription of findSurplus(facts, archived, putIds)) {
    checkTimeLeft(clock, until)
    await removeOne(dependencies, subscription, tally)
  }
}

/** Returns the ids of the subscriptions that were put, by their pools. */
async function put(
  { subscriptions, journal }: AllForSubscriptions,
  { marked: webhookUrl, secretKey }: Webhook,
  poolIds: readonly string[],
  tally: Tally,
): Promise<ReadonlyMap<string, string>> {
  const wanted = poolIds.map((poolId) => ({ poolId, eventType: closeEvent, webhookUrl, secretKey }))
  const outcomes = await askAboutSubscriptions(() => subscriptions.put(wanted))
  const ids = new Map<string, string>()
  for (const { poolId, subscription, problem } of outcomes) {
    if (subscription === null) refuse({ journal }, tally, poolId, problem ?? 'no reason given')
    else ids.set(poolId, subscription.id)
  }
  tally.put += ids.size
  return ids
}

async function removeOne(
  { subscriptions, journal }: AllForSubscriptions,
  { id, poolId }: FoundSubscription,
  tally: Tally,
): Promise<void> {
  try {
    await askAboutSubscriptions(() => subscriptions.remove(id))
    tally.removed += 1
  } catch (error) {
    if (!isAboutOne(error)) throw error
    refuse({ journal }, tally, poolId, error.message)
  }
}

function refuse(
  { journal }: Pick<AllForSubscriptions, 'journal'>,
  tally: Tally,
  poolId: string,
  problem: string,
): void {
  tally.refused.push({ poolId, problem })
  journal.write('SUBSCRIPTION_REFUSED', { poolId, problem })
}
