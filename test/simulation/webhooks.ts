import { createDeliveryReader } from '../../functions/adapters/toloka/delivery-reader.ts'
import type { Dependencies } from '../../functions/application/dependencies.ts'
import { receiveDelivery } from '../../functions/application/receive-delivery.ts'
import { dayMs } from '../../functions/domain/instant.ts'
import { ask } from '../fake-toloka/asking.ts'
import type { TolokaModel } from '../fake-toloka/model.ts'
import type { Delivery } from '../fake-toloka/world.ts'
import type { SimulatedArchiver, Surroundings } from './archiver.ts'

export const webhookSecret = 'a-webhook-secret-of-the-simulation'

/** Makes Toloka tell when these pools close. */
export function subscribe(model: TolokaModel, poolIds: readonly string[]): void {
  const subscription = {
    event_type: 'POOL_CLOSED',
    webhook_url: 'https://archiver.example.com/webhooks/toloka',
    secret_key: webhookSecret,
  }
  const wanted = poolIds.map((poolId) => ({ ...subscription, pool_id: poolId }))
  const { status } = ask(model, 'PUT', '/webhook-subscriptions', wanted)
  if (status >= 300) throw new Error(`No subscriptions: ${status}`)
}

/** Receives a webhook as it comes over the wire. Returns the HTTP status. */
export async function receive(
  { wakeUps, clock, journal }: Dependencies,
  { headers, body }: Delivery,
): Promise<number> {
  const secrets = async (): Promise<readonly string[]> => [webhookSecret]
  const reader = createDeliveryReader({ secrets, clock, toleranceMs: dayMs })
  const { status } = await receiveDelivery(
    { reader, wakeUps, clock, journal },
    {
      contentType: headers['Content-Type'] ?? null,
      signature: headers['Toloka-Signature'] ?? null,
      body: new TextEncoder().encode(body),
    },
  )
  return status
}

/** Toloka's webhooks on their way to the archiver. */
export class Webhooks {
  readonly #archiver: SimulatedArchiver
  readonly #around: Surroundings
  readonly #late: { readonly at: number; readonly delivery: Delivery }[] = []

  constructor(archiver: SimulatedArchiver, around: Surroundings) {
    this.#archiver = archiver
    this.#around = around
  }

  /** When the next late one comes, ms since the epoch; null if none does. */
  get nextAt(): number | null {
    return this.#late.length === 0 ? null : Math.min(...this.#late.map(({ at }) => at))
  }

  /** Delivers what is due, unless it gets lost or comes late; some of it twice. */
  async deliverDue(): Promise<void> {
    const { model, dangers, random, now } = this.#around
    for (const delivery of model.takeDueDeliveries()) {
      if (dangers.strikes('loss')) continue
      if (dangers.strikes('doubling')) await this.#deliver(delivery)
      if (!dangers.strikes('lateness')) await this.#deliver(delivery)
      else this.#late.push({ at: now() + random.integer(0, dayMs), delivery })
    }
    for (const late of this.#late.splice(0)) {
      if (late.at > now()) this.#late.push(late)
      else await this.#deliver(late.delivery)
    }
  }

  async #deliver(delivery: Delivery): Promise<void> {
    const { poolId } = delivery
    const { model, chronicle } = this.#around
    const before = this.#archiver.wakeUpsStored(poolId)
    let status: number | null = null
    const hasLived = await this.#archiver.live(async (ports) => {
      status = await receive(ports, delivery)
    })
    if (!hasLived) status = null
    model.recordDelivery(delivery, status)
    chronicle.note('webhook', String(status))
    if (status !== 200 || this.#archiver.wakeUpsStored(poolId) > before) return
    const invariant = 'a webhook is accepted only with its wake-up stored'
    this.#archiver.breaches.push({ invariant, poolId, what: 'answered by 200' })
  }
}
