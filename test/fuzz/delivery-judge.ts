import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import type { Delivery } from '../../functions/application/ports.ts'
import { canaries, expectNoCanary } from './canary.ts'

const longestBody = 256 * 1024
const toleranceMs = 24 * 3_600_000
const aheadMs = 5 * 60_000

/** What came of a delivery. */
export interface Receipt {
  readonly status: number
  /** The pools that were woken. */
  readonly woken: readonly string[]
  /** All that was answered and written down. */
  readonly said: readonly unknown[]
}

/** How often each status was given. */
export class Statuses {
  readonly #counts = new Map<number, number>()

  count(status: number): void {
    this.#counts.set(status, (this.#counts.get(status) ?? 0) + 1)
  }

  /** Each of these, and no others. */
  expectOnly(...expected: readonly number[]): void {
    const given = [...this.#counts.keys()].toSorted((one, other) => one - other)
    deepStrictEqual(given, expected)
  }
}

/**
 * Judges by nothing of the product: accepted is what is signed with one of our secrets and fresh,
 * and then exactly the pools that closed are woken.
 */
export function judgeDelivery(delivery: Delivery, now: number, receipt: Receipt): void {
  const { status, woken, said } = receipt
  const expected = expectedStatus(delivery, now)
  if (expected === 'believed') {
    const poolIds = closedPools(delivery.body)
    strictEqual(status, poolIds === null ? 400 : 200)
    deepStrictEqual(woken.toSorted(), (poolIds ?? []).toSorted())
  } else {
    ok(expected.includes(status), `It said ${status}`)
    deepStrictEqual(woken, [])
  }
  expectNoCanary(...said)
  const { signature } = delivery
  const digest = signature === null ? undefined : /[\da-f]{60,}/i.exec(signature)?.[0]
  if (digest !== undefined) ok(!JSON.stringify(said).includes(digest), 'A signature came out')
}

function expectedStatus(delivery: Delivery, now: number): 'believed' | readonly number[] {
  const { contentType, body, signature } = delivery
  const isJson = /^\s*application\/json\s*(;|$)/i.test(contentType ?? '')
  const isLong = body.byteLength > longestBody
  // Which of several mistakes is named does not matter.
  const mistakes = [...(isJson ? [] : [415]), ...(isLong ? [413] : [])]
  if (mistakes.length > 0) return mistakes
  return isGenuine(signature ?? '', body, now) ? 'believed' : [401]
}

function isGenuine(header: string, body: Uint8Array, now: number): boolean {
  const part = (name: string): string =>
    new RegExp(`(?:^\\s*\\{?|,)\\s*${name}\\s*=\\s*([^,}]*?)\\s*(?:,|\\}|$)`).exec(header)?.[1] ??
    ''
  const [v, ts, sign] = [part('v'), part('ts'), part('sign')]
  const ageMs = now - Number(ts)
  if (ts === '' || ageMs > toleranceMs || ageMs < -aheadMs) return false
  // A key that comes twice, or a part that is no pair, makes nonsense of the header.
  if (!/^[^=,]*=[^,]*(,[^=,]*=[^,]*)*$/s.test(header)) return false
  const names = header.split(',').map((pair) =>
    pair
      .split('=')[0]
      ?.replace(/^\s*\{/, '')
      .trim(),
  )
  if (new Set(names).size < names.length) return false
  const bodies = [body, rewritten(body)].filter((one) => one !== null)
  return [canaries.secret, canaries.previous].some((secret) =>
    bodies.some((signed) => {
      const hmac = createHmac('sha256', secret).update(`${ts}.${v}.`).update(signed)
      return hmac.digest('hex') === sign.toLowerCase().padStart(64, '0')
    }),
  )
}

function rewritten(body: Uint8Array): string | null {
  try {
    return JSON.stringify(JSON.parse(Buffer.from(body).toString()))
  } catch {
    return null
  }
}

/** The pools that a body says have closed; null if it makes no sense and names none. */
function closedPools(body: Uint8Array): readonly string[] | null {
  let json: unknown
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch {
    return null
  }
  const events: unknown = fieldOf(json, 'events')
  const all: readonly unknown[] = Array.isArray(events) ? events : [json]
  const closed = all.filter((event) => fieldOf(event, 'type') === 'POOL_CLOSED')
  const named = closed.map((event) => toPoolId(fieldOf(event, 'pool_id')))
  const poolIds = [...new Set(named.filter((id) => id !== null))]
  const areUnderstood =
    named.every((id) => id !== null) &&
    all.every((event) => typeof fieldOf(event, 'type') === 'string')
  return poolIds.length > 0 || areUnderstood ? poolIds : null
}

function fieldOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  return Object.getOwnPropertyDescriptor(value, name)?.value
}

function toPoolId(value: unknown): string | null {
  const text = typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : value
  return typeof text === 'string' && /^\d{1,32}$/.test(text) ? text : null
}
