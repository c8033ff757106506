import { describeAnswer, fieldsOf, isOk, textOf } from '../answer.ts'
import type { Answer } from '../answer.ts'
import { answered, stillOpen, told } from '../probe.ts'
import type { Finding, Kit, Probe } from '../probe.ts'
import { readSignature } from '../read-signature.ts'
import type { SignatureFacts } from '../read-signature.ts'
import { eventsOf, waitUntil } from '../webhook-events.ts'
import type { WebhookReceiver } from '../webhook-receiver.ts'
import { webhookQuestions as questions } from './webhook-questions.ts'

const arrivesWithin = { patienceMs: 30_000 }
/** Long enough for three repeats, a minute apart. */
const repeatsWithin = { patienceMs: 200_000, everyMs: 5000 }
/** One signature of sixteen begins with a zero: that none of so many does is hardly possible. */
const mostTests = 100

async function ask(kit: Kit): Promise<readonly Finding[]> {
  const { account, client, webhooks } = kit
  if (webhooks === null) return []
  const poolId = await account.makePool({ purpose: 'webhooks', tasks: 1 })
  const wish = {
    webhook_url: webhooks.url,
    event_type: 'POOL_CLOSED',
    pool_id: poolId,
    secret_key: webhooks.secret,
  }
  const put = await client.send('PUT', '/webhook-subscriptions', { body: [wish] })
  const subscriptionId = idIn(put)
  if (subscriptionId === null) {
    const why = `There is no subscription: ${describeAnswer(put)}.`
    return Object.values(questions).map((question) => stillOpen(question, why, [put]))
  }
  const test = (): Promise<Answer> => client.post(`/webhook-subscriptions/${subscriptionId}/test`)
  return [
    aboutArray(put),
    ...(await aboutTest(kit, webhooks, test)),
    ...(await aboutClosing(kit, webhooks, poolId)),
    ...(await aboutSignatures(webhooks, test)),
    await aboutIdentity(client, wish, subscriptionId),
    stillOpen(questions.timeout, 'Not tried: nobody knows how long Toloka would wait.'),
  ]
}

function idIn(put: Answer): string | null {
  return textOf(fieldsOf(fieldsOf(put.json)['items'])['0'], 'id')
}

/** Comes last: with two subscriptions everything would be told twice. */
async function aboutIdentity(
  client: Kit['client'],
  wish: { readonly webhook_url: string },
  firstId: string,
): Promise<Finding> {
  const other = { ...wish, webhook_url: `${wish.webhook_url}?second` }
  const put = await client.send('PUT', '/webhook-subscriptions', { body: [other] })
  const id = idIn(put)
  if (id === null) {
    return stillOpen(questions.identity, `It was not put: ${describeAnswer(put)}.`, [put])
  }
  const isSame = id === firstId
  const identity = isSame ? 'pool-and-event' : 'pool-event-and-address'
  const said = isSame ? 'It changes the first.' : 'It does.'
  return answered(questions.identity, { subscriptionIdentity: identity }, said, [put])
}

function aboutArray(put: Answer): Finding {
  const { status } = put
  const said = `${status}.`
  return status === 200 || status === 201
    ? answered(questions.arrayStatus, { subscriptionArrayStatus: status }, said, [put])
    : told(questions.arrayStatus, 'refuted', said, [put])
}

async function aboutTest(
  { clock }: Kit,
  webhooks: WebhookReceiver,
  test: () => Promise<Answer>,
): Promise<readonly Finding[]> {
  const answer = await test()
  const { status } = answer
  const isTest = () => formOf(webhooks, 'TEST_EVENT')
  await waitUntil(clock, () => isTest() !== null, arrivesWithin)
  const form = isTest()
  const said = `${status}.`
  return [
    status === 200 || status === 201
      ? answered(questions.testStatus, { testNotificationStatus: status }, said, [answer])
      : told(questions.testStatus, 'refuted', said, [answer]),
    form === null
      ? stillOpen(questions.testEvent, `No test event came to ${webhooks.url}.`, [answer])
      : answered(questions.testEvent, { testEvent: form }, `It is ${form}.`, [answer]),
  ]
}

/** How events of that type come; null if there are none yet. */
function formOf(webhooks: WebhookReceiver, type: string): 'wrapped' | 'bare' | null {
  const fitting = webhooks.received
    .map(eventsOf)
    .find((one) => one?.events.some((event) => event.type === type) === true)
  return fitting?.form ?? null
}

async function aboutClosing(
  { account, clock }: Kit,
  webhooks: WebhookReceiver,
  poolId: string,
): Promise<readonly Finding[]> {
  const closed = () =>
    webhooks.received
      .flatMap((one) => eventsOf(one)?.events ?? [])
      .filter(({ type }) => type === 'POOL_CLOSED')
  await account.change(poolId, 'open')
  await account.change(poolId, 'close')
  const hasCome = await waitUntil(clock, () => closed().length > 0, arrivesWithin)
  const form = formOf(webhooks, 'POOL_CLOSED')
  if (!hasCome || form === null) {
    const why = `No POOL_CLOSED came to ${webhooks.url} within 30 s.`
    const open = [questions.eventBody, questions.forUpdate, questions.repeats]
    return open.map((question) => stillOpen(question, why))
  }
  await account.change(poolId, 'open')
  await account.change(poolId, 'close-for-update')
  const isForUpdate = () => closed().some(({ closeReason }) => closeReason === 'FOR_UPDATE')
  const isSent = await waitUntil(clock, isForUpdate, arrivesWithin)
  // Opened and closed once more, it is no longer bound to open by itself.
  await account.change(poolId, 'open')
  const before = closed().length
  webhooks.answerWith(500)
  await account.change(poolId, 'close')
  await waitUntil(clock, () => closed().length > before, arrivesWithin)
  await waitUntil(clock, () => closed().length >= before + 4, repeatsWithin)
  webhooks.answerWith(200)
  const sent = isSent ? 'It does.' : 'None came within 30 s.'
  return [
    answered(questions.eventBody, { eventBody: form }, `It is ${form}.`),
    answered(questions.forUpdate, { closedForUpdateWebhook: isSent ? 'sent' : 'not-sent' }, sent),
    aboutRepeats(closed().length - before - 1),
  ]
}

function aboutRepeats(repeats: number): Finding {
  if (repeats < 0) return stillOpen(questions.repeats, 'The webhook to be refused did not come.')
  if (repeats === 0) {
    const said = 'It did not come again within 200 s.'
    return answered(questions.repeats, { redelivery: 'never' }, said)
  }
  const said = `It came again ${repeats} times within 200 s.`
  return answered(questions.repeats, { redelivery: 'three-times' }, said)
}

async function aboutSignatures(
  webhooks: WebhookReceiver,
  test: () => Promise<Answer>,
): Promise<readonly Finding[]> {
  const facts = () => webhooks.received.map((one) => readSignature(one, webhooks.secret))
  const zerosSeen = () => firstOf(facts(), (one) => one.leadingZeros)
  for (let count = 0; zerosSeen() === null && count < mostTests; count++) {
    if (!isOk(await test())) break
  }
  const zeros = zerosSeen()
  const form = firstOf(facts(), (one) => one.form)
  const body = firstOf(facts(), (one) => one.body)
  const unsigned = 'No webhook had a signature that fits the documented recipe.'
  return [
    form === null
      ? stillOpen(questions.form, unsigned)
      : answered(questions.form, { signatureForm: form }, `Its form: ${form}.`),
    body === null
      ? stillOpen(questions.body, unsigned)
      : answered(questions.body, { webhookBody: body }, `The body: ${body}.`),
    zeros === null
      ? stillOpen(questions.zeros, 'No signature that fits began with a zero.')
      : answered(questions.zeros, { signLeadingZeros: zeros }, `They are ${zeros}.`),
  ]
}

function firstOf<Value>(
  facts: readonly SignatureFacts[],
  pick: (facts: SignatureFacts) => Value | null,
): Value | null {
  return facts.map(pick).find((value) => value !== null) ?? null
}

export const webhooks: Probe = {
  name: 'webhooks',
  questions: Object.values(questions),
  does: 'makes a pool and a subscription, closes the pool three times, has up to a hundred test notifications sent to --webhook-url; removes the subscription',
  needs: 'webhook',
  ask,
}
