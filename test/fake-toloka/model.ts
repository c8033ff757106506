import { Arrangements } from './arrangements.ts'
import { earliestAllowedAt } from './judge.ts'
import type { Personality } from './personality.ts'
import { shownStatus } from './pools.ts'
import { Refusal } from './refusal.ts'
import type { Json } from './refusal.ts'
import type { RequestCounters } from './request-counters.ts'
import { authorizationFor, handle, refuse, witness } from './router.ts'
import type { TolokaAnswer, TolokaRequest } from './router.ts'
import type { PendingTest } from './routes.ts'
import {
  showPools,
  shownTime,
  showPendingWork,
  showPool,
  showRejection,
  type ShownAssignment,
  type ShownPool,
} from './show.ts'
import { testResult } from './subscriptions.ts'
import { nextDeliveryAt, redeliver, takeDueDeliveries } from './webhooks.ts'
import type { Violation } from './violation.ts'
import type { ArchiveRequest, Delivery, Operation, Pool, PoolStatus } from './world.ts'

/** What became of a delivery. */
export interface DeliveryRecord {
  readonly delivery: Delivery
  /** ms since the epoch */
  readonly at: number
  /** HTTP status of the receiver's answer; null if there was none. */
  readonly status: number | null
}

/**
 * Toloka in memory: pools with a life of their own, the API's rules, and a judge who notes every
 * archive request that should not have been sent. No HTTP and no timers: whatever happens by itself
 * has happened by the time the next call reads the clock. Instants are ms since the epoch.
 */
export class TolokaModel extends Arrangements {
  /** What became of the webhooks, oldest first. */
  readonly deliveries: DeliveryRecord[] = []

  get personality(): Personality {
    return this.advance().personality
  }

  get token(): string {
    return this.advance().token
  }

  /** The value of the Authorization header that the fake accepts. */
  get authorization(): string {
    return authorizationFor(this.token)
  }

  get requesterId(): string {
    return this.advance().requesterId
  }

  // The API

  /** Answers a request and lets it have its effect. */
  handle(request: TolokaRequest): TolokaAnswer {
    return handle(this.advance(), request)
  }

  /** Counts and judges a request that a fault keeps from having any effect. */
  witness(request: TolokaRequest): void {
    witness(this.advance(), request)
  }

  /** A refusal in Toloka's form that no rule asked for. It has no effect and is not counted. */
  refusal(status: number, code: string, payload?: Json): TolokaAnswer {
    return refuse(this.advance(), new Refusal(status, code, code, payload))
  }

  /** The answer to a test notification, once its receiver answered (null: it did not). */
  finishTest(answer: TolokaAnswer, test: PendingTest, status: number | null): TolokaAnswer {
    const body = JSON.stringify(testResult(this.advance(), test.uuid, status))
    return { status: answer.status, headers: answer.headers, body }
  }

  // What clients read most, as it is shown by the API, but without its text.
  // The token is not checked; what cannot be accessed throws a Refusal, and is not counted.

  showPool(poolId: string): ShownPool {
    return showPool(this.advance(), poolId)
  }

  showPools(status: PoolStatus, after: string | null): readonly ShownPool[] {
    return showPools(this.advance(), status, after)
  }

  showPendingWork(poolId: string): ShownAssignment | null {
    return showPendingWork(this.advance(), poolId)
  }

  showRejection(poolId: string, since: number): ShownAssignment | null {
    return showRejection(this.advance(), poolId, since)
  }

  /** The Date header, ms since the epoch; null if answers have none. */
  get shownTime(): number | null {
    return shownTime(this.advance())
  }

  // Time and webhooks

  /** When something happens next by itself, ms since the epoch; null if nothing is to come. */
  nextEventAt(): number | null {
    const world = this.advance()
    const known = [world.agenda.nextAt(), nextDeliveryAt(world)].filter((at) => at !== null)
    return known.length === 0 ? null : Math.min(...known)
  }

  /** Removes and returns the webhooks that are due. Tell what became of each: `recordDelivery`. */
  takeDueDeliveries(): readonly Delivery[] {
    return takeDueDeliveries(this.advance())
  }

  /** @param status of the receiver's answer, null if there was none */
  recordDelivery(delivery: Delivery, status: number | null): void {
    const world = this.advance()
    this.deliveries.push({ delivery, at: world.at, status })
    redeliver(world, delivery, status)
  }

  // Judging

  /** Archive requests that should not have been sent, oldest first. */
  get violations(): readonly Violation[] {
    return this.advance().violations
  }

  /** Requests that would be violations, had their reason not come up right after the client looked. */
  get races(): readonly Violation[] {
    return this.advance().races
  }

  /** All that the model knows of a pool. */
  poolOf(poolId: string): Readonly<Pool> {
    return this.pool(poolId)
  }

  /** ms since the epoch */
  get now(): number {
    return this.advance().at
  }

  get requests(): RequestCounters {
    return this.advance().requests
  }

  get poolIds(): readonly string[] {
    return [...this.advance().pools.ids()]
  }

  /** The status that the API shows. */
  statusOf(poolId: string): PoolStatus | 'LOCKED' {
    return shownStatus(this.advance(), this.pool(poolId))
  }

  /** When the pool went to the archive; null if it did not. */
  archivedAt(poolId: string): number | null {
    return this.pool(poolId).archivedAt
  }

  /**
   * The earliest instant at which Toloka would archive the pool, by what it knows of its history
   * (for an archived pool: would have archived). Null while something without a known end is in
   * the way: the pool is open or locked, or work is pending.
   */
  earliestAllowedAt(poolId: string): number | null {
    return earliestAllowedAt(this.advance(), this.pool(poolId))
  }

  operationsOf(poolId: string): readonly Readonly<Operation>[] {
    return this.pool(poolId).operations
  }

  /** Every archive request of the pool, oldest first, with what it was told. */
  archiveRequestsOf(poolId: string): readonly Readonly<ArchiveRequest>[] {
    return this.pool(poolId).archiveRequests
  }
}
