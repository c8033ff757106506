import { setTimeout as sleep } from 'node:timers/promises'
import * as z from 'zod/mini'
import { createSender, isAccepted } from './sender.ts'

export const deliveryPlan = z.object({
  url: z.string(),
  secret: z.string(),
  /** They take turns. */
  poolIds: z.array(z.string()),
  perSecond: z.number(),
  seconds: z.number(),
  connections: z.number(),
})

export type DeliveryPlan = z.infer<typeof deliveryPlan>

export const deliveryReport = z.object({
  seconds: z.number(),
  /** How often each status came; `none` for no answer. */
  answers: z.record(z.string(), z.number()),
  latencyMs: z.object({ p50: z.number(), p99: z.number(), max: z.number() }),
  /** By pool: when the last delivery went out that was answered by 2xx, ms since the epoch. */
  lastAcceptedAt: z.record(z.string(), z.number()),
})

export type DeliveryReport = z.infer<typeof deliveryReport>

const tickMs = 5

/**
 * Sends at a rate, however long the answers take. A latency counts from when the delivery should
 * have gone out, so that a server that is too slow cannot slow down what measures it.
 */
export async function deliverAtRate(plan: DeliveryPlan): Promise<DeliveryReport> {
  const { poolIds, perSecond, seconds } = plan
  const sender = createSender(plan.url, plan.secret, plan.connections)
  const answers: Record<string, number> = {}
  const lastAcceptedAt: Record<string, number> = {}
  const latencies: number[] = []
  const startedAt = performance.now()

  async function deliver(poolId: string, dueAt: number): Promise<void> {
    const sent = await sender.send(poolId)
    const answer = sent.status ?? 'none'
    latencies.push(performance.now() - dueAt)
    answers[answer] = (answers[answer] ?? 0) + 1
    if (isAccepted(sent)) {
      lastAcceptedAt[poolId] = Math.max(lastAcceptedAt[poolId] ?? 0, sent.at)
    }
  }

  const total = Math.round(perSecond * seconds)
  const all: Promise<void>[] = []
  while (all.length < total) {
    const due = Math.min(total, Math.floor(((performance.now() - startedAt) * perSecond) / 1_000))
    while (all.length < due) {
      const poolId = poolIds[all.length % poolIds.length] ?? ''
      all.push(deliver(poolId, startedAt + (all.length * 1_000) / perSecond))
    }
    await sleep(tickMs)
  }
  await Promise.all(all)
  sender.close()
  const sorted = latencies.toSorted((one, other) => one - other)
  const share = (part: number): number => sorted[Math.floor((sorted.length - 1) * part)] ?? 0
  return {
    seconds: (performance.now() - startedAt) / 1_000,
    answers,
    latencyMs: { p50: share(0.5), p99: share(0.99), max: share(1) },
    lastAcceptedAt,
  }
}
