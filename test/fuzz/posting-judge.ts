import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict'
import type { PlainAnswer } from './arbitrary-answers.ts'

/** A request within one handling, and what was answered. */
export interface Exchange {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly answer: PlainAnswer
}

const dayMs = 86_400_000
const graceMs = new Map<unknown, number>([
  ['COMPLETED', 0],
  ['MANUAL', 7 * dayMs],
  ['EXPIRED', 7 * dayMs],
])

/**
 * Whoever posts has been told in the same handling, by the newest answer to each question, that the
 * pool is closed for long enough, and that there is neither pending work nor a rejection.
 */
export function judgePosting(before: readonly Exchange[], poolId: string, now: number): void {
  const pool = newest(before, ({ path }) => path.endsWith(`/pools/${poolId}`))
  const pending = newest(before, ({ query }) => query.has('status'))
  const rejected = newest(before, ({ query }) => query.has('rejected_gte'))
  const stoppedAt = Date.parse(`${String(pool['last_stopped']).replace(/Z$/, '')}Z`)
  strictEqual(pool['status'], 'CLOSED')
  strictEqual(String(pool['id']), poolId)
  strictEqual(typeof pool['last_started'], 'string')
  ok(pool['type'] !== 'TRAINING' && pool['training'] !== true)
  ok(stoppedAt + (graceMs.get(pool['last_close_reason']) ?? Infinity) <= now)
  for (const { items, has_more: hasMore } of [pending, rejected]) {
    deepStrictEqual([items, hasMore], [[], false])
  }
}

function newest(
  exchanges: readonly Exchange[],
  fits: (exchange: Exchange) => boolean,
): Readonly<Record<string, unknown>> {
  const found = exchanges.findLast((exchange) => exchange.method === 'GET' && fits(exchange))
  strictEqual(Math.floor((found?.answer.status ?? 0) / 100), 2)
  const parsed: unknown = JSON.parse((found?.answer.body ?? '').replace(/^\ufeff/, ''))
  return Object.fromEntries(Object.entries(Object(parsed)))
}
