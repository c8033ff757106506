import { formatDate } from './dates.ts'
import { scatteredId, scatteredUuid } from './operations.ts'
import { compareText, parseListQuery, selectPage } from './query.ts'
import type { ListAnswer, ListRules } from './query.ts'
import { doesNotExist, invalid, Refusal } from './refusal.ts'
import type { Json } from './refusal.ts'
import { testDelivery } from './webhooks.ts'
import type { Delivery, Pool, Subscription, World } from './world.ts'

const eventTypes = [
  'POOL_CLOSED',
  'DYNAMIC_OVERLAP_COMPLETED',
  'ASSIGNMENT_CREATED',
  'ASSIGNMENT_SUBMITTED',
  'ASSIGNMENT_SKIPPED',
  'ASSIGNMENT_EXPIRED',
  'ASSIGNMENT_APPROVED',
  'ASSIGNMENT_REJECTED',
]

interface FieldErrors {
  [field: string]: { readonly code: string; readonly message: string }
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Creates or updates one subscription, or several of which some may be wrong. */
export function putSubscriptions(world: World, body: Json): { status: number; body: Json } {
  if (Array.isArray(body)) return putMany(world, body)
  const result = putOne(world, body)
  if ('errors' in result) {
    throw new Refusal(400, 'VALIDATION_ERROR', 'Validation failed', result.errors)
  }
  return {
    status: result.isNew ? 201 : 200,
    body: subscriptionView(world, result.subscription),
  }
}

function putMany(world: World, bodies: readonly Json[]): { status: number; body: Json } {
  const items: Record<string, Json> = {}
  const wrong: Record<string, FieldErrors> = {}
  for (const [index, one] of bodies.entries()) {
    const result = putOne(world, one)
    if ('errors' in result) wrong[String(index)] = result.errors
    else items[String(index)] = subscriptionView(world, result.subscription)
  }
  if (Object.keys(items).length === 0) {
    throw new Refusal(400, 'VALIDATION_ERROR', 'Validation failed', wrong)
  }
  const status = world.personality.subscriptionArrayStatus
  return { status, body: { items, validation_errors: wrong } }
}

function putOne(
  world: World,
  body: Json,
): { subscription: Subscription; isNew: boolean } | { errors: FieldErrors } {
  if (!isObject(body)) {
    return { errors: { '': { code: 'OBJECT_EXPECTED', message: 'Object expected' } } }
  }
  const errors = checkFields(world, body)
  if (Object.keys(errors).length > 0) return { errors }
  const [url, eventType, poolId] = [body['webhook_url'], body['event_type'], body['pool_id']]
  const secret = body['secret_key']
  const subscriptions = world.pools.get(String(poolId))?.subscriptions
  const oneForAll = world.personality.subscriptionIdentity === 'pool-and-event'
  const present = subscriptions
    ?.values()
    .find((one) => one.eventType === eventType && (oneForAll || one.url === url))
  const subscription = present ?? {
    id: scatteredId(world, 'subscription', 24),
    createdAt: world.at,
    eventType: String(eventType),
    url: String(url),
    poolId: String(poolId),
    secret: null,
  }
  subscription.url = String(url)
  subscription.secret = typeof secret === 'string' ? secret : null
  world.subscriptions.set(subscription.id, subscription)
  subscriptions?.add(subscription)
  return { subscription, isNew: present === undefined }
}

function checkFields(world: World, body: Readonly<Record<string, unknown>>): FieldErrors {
  const errors: FieldErrors = {}
  const known = new Set(['webhook_url', 'event_type', 'pool_id', 'secret_key'])
  for (const field of Object.keys(body).filter((name) => !known.has(name))) {
    errors[field] = { code: 'VALUE_NOT_ALLOWED', message: 'Unknown field' }
  }
  for (const field of ['webhook_url', 'event_type', 'pool_id']) {
    if (body[field] === undefined || body[field] === null) {
      errors[field] = { code: 'VALUE_REQUIRED', message: 'Value must be present' }
    } else if (typeof body[field] !== 'string') {
      errors[field] = { code: 'STRING_EXPECTED', message: 'String expected' }
    }
  }
  const [url, type, poolId] = [body['webhook_url'], body['event_type'], body['pool_id']]
  if (typeof url === 'string' && !URL.canParse(url)) {
    errors['webhook_url'] = { code: 'INVALID_URL_SYNTAX', message: 'Not a URL' }
  }
  if (typeof type === 'string' && !eventTypes.includes(type)) {
    errors['event_type'] = { code: 'UNKNOWN_ENUM_VALUE', message: 'Unknown event type' }
  }
  if (typeof poolId === 'string' && world.pools.get(poolId)?.ofAnotherAccount !== false) {
    errors['pool_id'] = { code: 'ENTITY_DOES_NOT_EXIST', message: 'No such pool' }
  }
  return errors
}

/** The subscription as the API shows it: never with its secret. */
export function subscriptionView(world: World, subscription: Subscription): Json {
  return {
    id: subscription.id,
    event_type: subscription.eventType,
    webhook_url: subscription.url,
    pool_id: subscription.poolId,
    created: formatDate(subscription.createdAt, world.personality),
  }
}

const listRules: ListRules<Subscription> = {
  equals: {
    event_type: (one, wanted) => one.eventType === wanted,
    pool_id: (one, wanted) => one.poolId === wanted,
  },
  allowed: { event_type: [...eventTypes, 'TEST_EVENT'] },
  lists: [],
  idOf: (one) => one.id,
  compareIds: compareText,
  dates: { created: (one) => one.createdAt },
  sorts: ['id', 'created'],
}

export function listSubscriptions(world: World, query: URLSearchParams): ListAnswer<Json> {
  const asked = parseListQuery(query, listRules, world.personality)
  const page = selectPage(world.subscriptions.values(), listRules.idOf, asked, world.personality)
  return { ...page, items: page.items.map((one) => subscriptionView(world, one)) }
}

export function findSubscription(world: World, id: string): Subscription {
  const subscription = world.subscriptions.get(id)
  if (subscription === undefined) throw doesNotExist('Webhook subscription')
  return subscription
}

export function deleteSubscription(world: World, id: string): void {
  const subscription = findSubscription(world, id)
  world.subscriptions.delete(id)
  world.pools.get(subscription.poolId)?.subscriptions.delete(subscription)
}

/** What a test notification needs: the delivery itself, and the id of its event. */
export function startTest(world: World, id: string): { uuid: string; delivery: Delivery } {
  const subscription = findSubscription(world, id)
  const pool: Pool | undefined = world.pools.get(subscription.poolId)
  if (pool === undefined) throw invalid('pool_id', 'ENTITY_DOES_NOT_EXIST', 'No such pool')
  const uuid = scatteredUuid(world, 'event')
  return { uuid, delivery: testDelivery(world, pool, subscription, uuid) }
}

/** The answer to a test notification, once the receiver's status is known (null: no answer). */
export function testResult(world: World, uuid: string, status: number | null): Json {
  const success = status !== null && status >= 200 && status < 300
  const wrong = status === null ? 'CONNECTION_ERROR' : 'WRONG_STATUS_CODE'
  return {
    success,
    ...(status === null ? {} : { originalStatusCode: status }),
    ...(success ? {} : { errorType: wrong }),
    responseReceivedAt: formatDate(world.at, world.personality),
    uuids: [uuid],
  }
}
