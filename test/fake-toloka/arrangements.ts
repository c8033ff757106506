import { archiveByHand, moveToArchive } from './archive.ts'
import {
  addAccepted,
  addAssignment,
  findAssignment,
  moveAssignment,
  startAssignment,
} from './assignments.ts'
import type { AssignmentHistory } from './assignments.ts'
import { endOperation, isLive } from './operations.ts'
import { defaultPersonality } from './personality.ts'
import type { Personality } from './personality.ts'
import { closePool, createManyPools, createPool, knownPool, openPool } from './pools.ts'
import type { PoolHistory } from './make-pool.ts'
import type { Json } from './refusal.ts'
import { World } from './world.ts'
import type {
  ArchiveScript,
  AssignmentStatus,
  CloseReason,
  DeliveryScript,
  Operation,
  Pool,
  PoolSettings,
  QuotaScript,
} from './world.ts'

export interface TolokaModelOptions {
  /** The fake's clock, ms since the epoch. It is read at the start of each call and must not go back. */
  readonly now: () => number
  readonly personality?: Partial<Personality>
  readonly token?: string
  readonly requesterId?: string
  /** Above it everything is answered by 429, as documented. Infinity switches that off. */
  readonly requestsPerSecond?: number
  /** How long an archive operation runs unless a script says otherwise; 0, the default, is at once. */
  readonly archivingMs?: number
}

/** Shaped like an API key: two dots, the first at index 23. */
const defaultToken = 'FakeTolokaApiKey-000001.not.a-secret'

/**
 * Everything that can be made to happen at Toloka without its API: what people click, what Tolokers
 * do, and how the fake is going to misbehave. What Toloka could not do throws, because then the
 * test is wrong. Instants are ms since the epoch.
 */
export class Arrangements {
  readonly #now: () => number
  readonly #world: World

  constructor(options: TolokaModelOptions) {
    this.#now = options.now
    this.#world = new World({
      personality: { ...defaultPersonality, ...options.personality },
      token: options.token ?? defaultToken,
      requesterId: options.requesterId ?? 'ac1e4701364f4b4aaa0d53a6b5d0c6b7',
      requestsPerSecond: options.requestsPerSecond ?? 300,
      archivingMs: options.archivingMs ?? 0,
    })
    this.advance()
  }

  /** Lets happen what was due, then gives what there is. */
  protected advance(): World {
    this.#world.advance(this.#now())
    return this.#world
  }

  protected pool(poolId: string): Pool {
    return knownPool(this.advance(), poolId)
  }

  // Arranging pools

  /** A new pool, a draft unless its history says otherwise. Returns its id. */
  createPool(settings: Partial<PoolSettings> = {}, history: PoolHistory = {}): string {
    return createPool(this.advance(), settings, history).id
  }

  /** Any number of pools that are alike, for the memory of one. Their ids follow each other. */
  createManyPools(
    firstId: string,
    count: number,
    settings: Partial<PoolSettings> = {},
    history: Omit<PoolHistory, 'id'> = {},
  ): void {
    createManyPools(this.advance(), firstId, count, settings, history)
  }

  openPool(poolId: string): void {
    openPool(this.advance(), this.pool(poolId))
  }

  closePool(poolId: string, reason: CloseReason = 'COMPLETED'): void {
    closePool(this.advance(), this.pool(poolId), reason)
  }

  /** Closed for editing; opens again by itself after 15 minutes. */
  closeForUpdate(poolId: string): void {
    this.closePool(poolId, 'FOR_UPDATE')
  }

  lockPool(poolId: string): void {
    this.#setLocked(poolId, true)
  }

  unlockPool(poolId: string): void {
    this.#setLocked(poolId, false)
  }

  /** Changes what people can change, under its name in the API; undefined removes it. */
  editPool(poolId: string, fields: Partial<PoolSettings>): void {
    this.advance()
    const pool = this.pool(poolId)
    pool.settings = { ...pool.settings, ...fields }
  }

  /** Somebody else, or Toloka, archives the pool. Without a script it is done at once. */
  archiveByHand(poolId: string, script: ArchiveScript = { kind: 'instant' }): Operation {
    return archiveByHand(this.advance(), this.pool(poolId), script)
  }

  // Arranging assignments

  /** A Toloker takes a task suite of an open pool. Returns the assignment's id. */
  startAssignment(poolId: string): string {
    return startAssignment(this.advance(), this.pool(poolId)).id
  }

  submit(assignmentId: string): void {
    this.#move(assignmentId, 'SUBMITTED')
  }

  reject(assignmentId: string): void {
    this.#move(assignmentId, 'REJECTED')
  }

  /** Also accepts a rejected answer, on appeal. */
  accept(assignmentId: string): void {
    this.#move(assignmentId, 'ACCEPTED')
  }

  skip(assignmentId: string): void {
    this.#move(assignmentId, 'SKIPPED')
  }

  expire(assignmentId: string): void {
    this.#move(assignmentId, 'EXPIRED')
  }

  /** An assignment with a past of its own. Returns its id. */
  addAssignment(poolId: string, history: AssignmentHistory): string {
    return addAssignment(this.advance(), this.pool(poolId), history).id
  }

  /** Any number of accepted answers, for the memory of one. Accepted now if not said otherwise. */
  addManyAssignments(poolId: string, count: number, acceptedAt = this.advance().at): void {
    addAccepted(this.pool(poolId), count, acceptedAt)
  }

  // Scripts

  /** Queues how the next archive requests of the pool that nothing stands against are answered. */
  scriptArchive(poolId: string, ...scripts: readonly ArchiveScript[]): void {
    this.pool(poolId).archiveScripts.push(...scripts)
  }

  /** Ends a live operation now, also one that is stuck. Success moves the pool to the archive. */
  finishOperation(operationId: string, end: 'SUCCESS' | 'FAIL', details?: Json): void {
    const world = this.advance()
    const operation = world.operations.get(operationId)
    if (operation === undefined || !isLive(operation)) throw new Error(`Not live: ${operationId}`)
    const pool = knownPool(world, operation.poolId ?? '')
    endOperation(world, operation, { end, details, apply: () => moveToArchive(world, pool) })
  }

  /** What happens to the next webhook, of one pool or (null) of any. */
  scriptDelivery(poolId: string | null, script: DeliveryScript): void {
    this.advance().deliveryScripts.push({ poolId, script })
  }

  /** Refuses matching requests by 429. */
  scriptQuota(script: QuotaScript): void {
    this.advance().quotaScripts.push({ script, left: script.times ?? 1 })
  }

  /** From now on only this token is right. */
  changeToken(token: string): void {
    this.advance().token = token
  }

  /** A blocked account is refused everything by 403. */
  blockAccount(isBlocked: boolean): void {
    this.advance().isBlocked = isBlocked
  }

  /** Takes away the access to one pool, or gives it back. */
  setAccess(poolId: string, access: 'own' | 'none'): void {
    this.pool(poolId).ofAnotherAccount = access === 'none'
  }

  #setLocked(poolId: string, isLocked: boolean): void {
    const pool = this.pool(poolId)
    pool.isLocked = isLocked
    pool.statusTick = this.advance().nextTick()
  }

  #move(assignmentId: string, to: AssignmentStatus): void {
    const world = this.advance()
    const assignment = findAssignment(world, assignmentId)
    if (assignment === null) throw new Error(`There is no assignment ${assignmentId}`)
    moveAssignment(world, assignment, to)
  }
}
