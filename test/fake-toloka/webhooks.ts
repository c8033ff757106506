import { formatDate } from './dates.ts'
import { scatteredUuid } from './operations.ts'
import type { Json } from './refusal.ts'
import { signDelivery } from './signature.ts'
import type { Delivery, Pool, Subscription, World } from './world.ts'

const redeliveryDelayMs = 60_000
const redeliveries = 3

/** Queues the event for every subscription of the pool to that type. */
export function announce(
  world: World,
  pool: Pool,
  type: string,
  details: Readonly<Record<string, string>>,
): void {
  for (const subscription of pool.subscriptions) {
    if (subscription.eventType !== type) continue
    const event = {
      uuid: scatteredUuid(world, 'event'),
      event_time: formatDate(world.at, world.personality),
      project_id: pool.settings.project_id,
      pool_id: pool.id,
      ...details,
      webhook_subscription_id: subscription.id,
      type,
    }
    const isBare = world.personality.eventBody === 'bare'
    queue(world, subscription, isBare ? event : { events: [event] })
  }
}

/** The notification that somebody asked for. It is not queued: the answer waits for it. */
export function testDelivery(
  world: World,
  pool: Pool,
  subscription: Subscription,
  uuid: string,
): Delivery {
  const event = {
    uuid,
    event_time: formatDate(world.at, world.personality),
    project_id: pool.settings.project_id,
    pool_id: pool.id,
    type: 'TEST_EVENT',
  }
  const isBare = world.personality.testEvent === 'bare'
  return sign(world, subscription, isBare ? event : { events: [event] })
}

function queue(world: World, subscription: Subscription, body: Json): void {
  const delivery = sign(world, subscription, body)
  const scripts = world.deliveryScripts
  const index = scripts.findIndex((one) => one.poolId === null || one.poolId === delivery.poolId)
  const script = index === -1 ? undefined : scripts.splice(index, 1)[0]?.script
  if (script === 'lost') return
  const lateMs = typeof script === 'object' ? script.lateMs : 0
  world.outbox.push({ ...delivery, dueAt: delivery.dueAt + lateMs })
  if (script === 'doubled') world.outbox.push({ ...delivery, id: world.nextNumber() })
}

function sign(world: World, subscription: Subscription, value: Json): Delivery {
  const { webhookBody, signatureForm, signLeadingZeros } = world.personality
  const compact = JSON.stringify(value)
  const body = webhookBody === 'compact' ? compact : JSON.stringify(value, null, 2)
  const signed = webhookBody === 'indented-signed-as-sent' ? body : compact
  const headers: Record<string, string> = { 'Content-Type': 'application/json' }
  if (subscription.secret !== null) {
    headers['Toloka-Signature'] = signDelivery(subscription.secret, signed, world.at, {
      form: signatureForm,
      leadingZeros: signLeadingZeros,
    })
  }
  return {
    id: world.nextNumber(),
    poolId: subscription.poolId,
    subscriptionId: subscription.id,
    dueAt: world.at,
    attempt: 1,
    url: subscription.url,
    headers,
    body,
  }
}

/** When the next delivery is due, in ms since the epoch, or null. */
export function nextDeliveryAt(world: World): number | null {
  return world.outbox.reduce<number | null>(
    (first, { dueAt }) => (first === null || dueAt < first ? dueAt : first),
    null,
  )
}

/** Removes and returns what is due, in order of time. */
export function takeDueDeliveries(world: World): readonly Delivery[] {
  const due = world.outbox.filter((one) => one.dueAt <= world.at)
  const later = world.outbox.filter((one) => one.dueAt > world.at)
  world.outbox.splice(0, world.outbox.length, ...later)
  return due.toSorted((a, b) => a.dueAt - b.dueAt || a.id - b.id)
}

/** Some Tolokas try again after an answer other than 2xx. The signature stays the old one. */
export function redeliver(world: World, delivery: Delivery, status: number | null): void {
  const isTaken = status !== null && status >= 200 && status < 300
  if (isTaken || world.personality.redelivery === 'never') return
  if (delivery.attempt > redeliveries) return
  world.outbox.push({
    ...delivery,
    id: world.nextNumber(),
    attempt: delivery.attempt + 1,
    dueAt: world.at + redeliveryDelayMs,
  })
}
