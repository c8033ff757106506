import { createHmac, timingSafeEqual } from 'node:crypto'
import { Webhooks } from '@octokit/webhooks'
import { createDeliveryReader } from '../../functions/adapters/toloka/delivery-reader.ts'
import { signDelivery } from '../fake-toloka/signature.ts'
import type { Benchmark, Figure } from './benchmark.ts'
import { compareRounds } from './compare-rounds.ts'

const secret = 'a-webhook-secret-of-the-benchmark-only'
const rounds = 21
const perRound = 5_000

const event = {
  uuid: '11111111-2222-4333-8444-555555555555',
  event_time: '2026-01-05T10:00:00',
  project_id: '1500',
  pool_id: '36000136',
  close_reason: 'COMPLETED',
  webhook_subscription_id: '0123456789abcdef01234567',
  type: 'POOL_CLOSED',
}
/** Of 500 bytes: one event, and white space. */
const text = JSON.stringify({ events: [event] }).padEnd(500)
const body = Buffer.from(text)

/** Verifies and reads one delivery; throws if it is not taken. */
type Verify = () => Promise<void> | void

function ours(): Verify {
  const now = Date.now()
  const signature = signDelivery(secret, text, now)
  const clock = { now: () => now }
  const reader = createDeliveryReader({ secrets: async () => [secret], clock, toleranceMs: 60_000 })
  return async () => {
    const reading = await reader.read({ contentType: 'application/json', signature, body })
    if (reading.kind !== 'genuine') throw new Error(reading.problem)
  }
}

/** The least that anybody has to do: nothing is parsed, nothing is checked but the signature. */
function raw(): Verify {
  const expected = createHmac('sha256', secret).update(body).digest()
  return () => {
    const digest = createHmac('sha256', secret).update(body).digest()
    if (!timingSafeEqual(digest, expected)) throw new Error('It does not fit.')
  }
}

async function octokit(): Promise<Verify> {
  const webhooks = new Webhooks({ secret })
  const signature = await webhooks.sign(text)
  return async () => {
    const received = body.toString() // It takes texts, and what comes is bytes.
    if (!(await webhooks.verify(received, signature))) throw new Error('It does not fit.')
    JSON.parse(received)
  }
}

/** Operations a second of one core. */
async function measure(verify: Verify): Promise<number> {
  const begunAt = performance.now()
  for (let count = 0; count < perRound; count += 1) await verify()
  return (perRound / (performance.now() - begunAt)) * 1_000
}

/** Reading a webhook, beside the least that it takes and beside a library for the same. */
export const verification: Benchmark = {
  title: 'Webhook of 500 bytes: verify, parse and check, one core',
  run: async () => {
    const contenders = { ours: ours(), raw: raw(), octokit: await octokit() }
    const found = { ours: [0], raw: [0], octokit: [0] }
    const names = ['ours', 'raw', 'octokit'] as const
    for (const name of names) await measure(contenders[name]) // Until it is compiled.
    for (const name of names) found[name].pop()
    for (let round = 0; round < rounds; round += 1) {
      for (const name of names) found[name].push(await measure(contenders[name]))
    }
    const beside = (name: 'raw' | 'octokit', what: string, atLeast: number): Figure =>
      compareRounds({
        what,
        unit: 'times as fast',
        ours: found.ours,
        alternative: found[name],
        mark: { atLeast },
      })
    return [
      beside('raw', 'createHmac and timingSafeEqual alone', 0.5),
      beside('octokit', '@octokit/webhooks: verify, and JSON.parse', 1),
    ]
  },
}
