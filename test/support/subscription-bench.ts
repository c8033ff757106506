import { createTolokaClient } from '../../functions/adapters/toloka/client.ts'
import { markSecret } from '../../functions/adapters/toloka/secret-mark.ts'
import type { JournalCode } from '../../functions/application/journal.ts'
import type { KeptSubscriptions } from '../../functions/application/keep-subscriptions.ts'
import type { JournalFields } from '../../functions/application/ports.ts'
import type {
  Subscriptions,
  WebhookSubscription,
} from '../../functions/application/subscription-ports.ts'
import { markAddress } from '../../functions/domain/subscription-address.ts'
import {
  openSubscriptionCare,
  type SubscriptionCare,
} from '../../functions/runtime/subscription-care.ts'
import type { Workbench } from './workbench.ts'

export const webhookUrl = 'https://archiver.example/webhooks/toloka'
export const secrets = {
  newest: 'the-newest-secret-of-these-tests-only',
  outdated: 'an-outdated-secret-of-these-tests-only',
} as const

/** The subscriptions of a workbench, over HTTP. */
export function subscriptionsOf({ fake, model }: Workbench): Subscriptions {
  return createTolokaClient({
    origin: fake.url,
    token: async () => model.token,
    pace: { take: async () => {} },
    timing: { readTimeoutMs: 500, writeTimeoutMs: 500, retryDelayMs: () => 0 },
  })
}

/** What the archiver does about them. */
export function careOf(
  bench: Workbench,
  readSecret: () => Promise<string> = async () => secrets.newest,
): SubscriptionCare {
  const dependencies = { ...bench.dependencies, subscriptions: subscriptionsOf(bench) }
  return openSubscriptionCare(dependencies, webhookUrl, readSecret)
}

/** An open pool of a project. */
export function openPool({ model, clock }: Workbench, projectId = '100', id?: string): string {
  const history = { status: 'OPEN', lastStartedAt: clock.at, ...(id ? { id } : {}) } as const
  return model.createPool({ project_id: projectId }, history)
}

/** What Toloka shows of subscriptions to closes: pool and address. */
export async function listed(bench: Workbench): Promise<readonly string[]> {
  const found = await subscriptionsOf(bench).list('POOL_CLOSED')
  return found.map(describe).toSorted()
}

function describe({ poolId, webhookUrl: address }: WebhookSubscription): string {
  return `${poolId} ${address}`
}

/** Puts a subscription that is not the archiver's doing. Returns its id. */
export async function putByHand(
  bench: Workbench,
  poolId: string,
  address = webhookUrl,
  eventType = 'POOL_CLOSED',
): Promise<string> {
  const wanted = { poolId, eventType, webhookUrl: address, secretKey: secrets.outdated }
  const [outcome] = await subscriptionsOf(bench).put([wanted])
  return outcome?.subscription?.id ?? ''
}

/** The address of the webhook, with the mark of a secret. */
export function addressWith(secret: string): string {
  return markAddress(webhookUrl, markSecret(secret))
}

/** What came of a run that had nothing to do. */
export const nothingKept: KeptSubscriptions = {
  outcome: 'finished',
  problem: null,
  covered: 0,
  put: 0,
  refused: [],
  removed: 0,
}

/** The fields of all entries of the journal with a code. */
export function written({ journal }: Workbench, code: JournalCode): readonly JournalFields[] {
  return journal.filter((entry) => entry.code === code).map(({ fields }) => fields)
}
