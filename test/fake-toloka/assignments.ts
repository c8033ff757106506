import { knownPool, openPool } from './pools.ts'
import { isObject } from './subscriptions.ts'
import { announce } from './webhooks.ts'
import type { AcceptedBlock, Assignment, AssignmentStatus, Pool, World } from './world.ts'

const dayMs = 24 * 3_600_000

const moves: Readonly<Record<AssignmentStatus, readonly AssignmentStatus[]>> = {
  ACTIVE: ['SUBMITTED', 'SKIPPED', 'EXPIRED'],
  SUBMITTED: ['ACCEPTED', 'REJECTED'],
  REJECTED: ['ACCEPTED'],
  ACCEPTED: [],
  SKIPPED: [],
  EXPIRED: [],
}

const events: Readonly<Record<AssignmentStatus, string>> = {
  ACTIVE: 'ASSIGNMENT_CREATED',
  SUBMITTED: 'ASSIGNMENT_SUBMITTED',
  ACCEPTED: 'ASSIGNMENT_APPROVED',
  REJECTED: 'ASSIGNMENT_REJECTED',
  SKIPPED: 'ASSIGNMENT_SKIPPED',
  EXPIRED: 'ASSIGNMENT_EXPIRED',
}

/** The id of the n-th assignment of a pool: ids of one pool are ordered by age, even as text. */
export function assignmentId(poolId: string, number: number): string {
  const pool = BigInt(poolId).toString(16).padStart(10, '0')
  return `${pool}--${number.toString(16).padStart(24, '0')}`
}

/** The number within its pool, or null for an id of another pool. */
export function assignmentNumber(poolId: string, id: string): number | null {
  const [pool, number] = id.split('--')
  const isOwn = pool === assignmentId(poolId, 0).split('--')[0]
  return isOwn && number !== undefined && /^[0-9a-f]{24}$/.test(number)
    ? Number.parseInt(number, 16)
    : null
}

function newAssignment(
  poolId: string,
  number: number,
  status: AssignmentStatus,
  createdAt: number,
): Assignment {
  return {
    id: assignmentId(poolId, number),
    poolId,
    taskSuiteId: `${BigInt(poolId).toString(16).padStart(10, '0')}-${(number % 40).toString(16)}`,
    userId: (0xfeed_beef_0000n + BigInt(number % 997)).toString(16).padStart(32, 'a'),
    status,
    createdAt,
    submittedAt: null,
    acceptedAt: null,
    rejectedAt: null,
    skippedAt: null,
    expiredAt: null,
    lastRejectedAt: null,
    publicComment: undefined,
    changedTick: 0,
  }
}

function add(world: World, pool: Pool, assignment: Assignment): Assignment {
  assignment.changedTick = world.nextTick()
  pool.assignments.push(assignment)
  world.assignments.set(assignment.id, assignment)
  return assignment
}

/** A Toloker takes a task suite. It expires by itself when the time for it is over. */
export function startAssignment(world: World, pool: Pool): Assignment {
  if (pool.status !== 'OPEN') throw new Error(`Pool ${pool.id} is not open`)
  const fresh = newAssignment(pool.id, pool.nextAssignment++, 'ACTIVE', world.at)
  const assignment = add(world, pool, fresh)
  announceAssignment(world, pool, assignment)
  awaitExpiry(world, pool, assignment)
  return assignment
}

function awaitExpiry(world: World, pool: Pool, assignment: Assignment): void {
  const durationMs = pool.settings.assignment_max_duration_seconds * 1000
  world.agenda.add(
    assignment.createdAt + durationMs,
    () => moveAssignment(world, assignment, 'EXPIRED'),
    () => assignment.status === 'ACTIVE' && pool.status !== 'ARCHIVED',
  )
}

/** When an arranged assignment reached its status, ms since the epoch. */
export interface AssignmentHistory {
  readonly status: AssignmentStatus
  readonly createdAt?: number
  /** When the status was reached; the clock's now if left out. */
  readonly at?: number
  /** It was rejected then, and accepted on appeal later. Only with ACCEPTED. */
  readonly appealedRejectionAt?: number
}

/** An assignment with a past, without living through it. Nothing is announced. */
export function addAssignment(world: World, pool: Pool, history: AssignmentHistory): Assignment {
  const at = history.at ?? world.at
  const createdAt = history.createdAt ?? at
  const assignment = newAssignment(pool.id, pool.nextAssignment++, 'ACTIVE', createdAt)
  const path: readonly AssignmentStatus[] =
    history.status === 'ACCEPTED' || history.status === 'REJECTED'
      ? ['SUBMITTED', history.status]
      : [history.status]
  if (history.appealedRejectionAt !== undefined) {
    setStatus(world, assignment, 'SUBMITTED', createdAt)
    setStatus(world, assignment, 'REJECTED', history.appealedRejectionAt)
    setStatus(world, assignment, 'ACCEPTED', at)
  } else for (const status of path) setStatus(world, assignment, status, at)
  if (history.status === 'ACTIVE') awaitExpiry(world, pool, assignment)
  if (history.status === 'SUBMITTED') awaitReview(world, pool, assignment)
  return add(world, pool, assignment)
}

/** Many accepted answers at the price of one record. */
export function addAccepted(pool: Pool, count: number, acceptedAt: number): void {
  const first = pool.nextAssignment
  pool.nextAssignment += count
  pool.blocks.push({ first, count, createdAt: acceptedAt, acceptedAt })
}

/** One assignment out of a block, made up on the spot. */
export function fromBlock(pool: Pool, block: AcceptedBlock, number: number): Assignment {
  const assignment = newAssignment(pool.id, number, 'ACCEPTED', block.createdAt)
  assignment.submittedAt = block.acceptedAt
  assignment.acceptedAt = block.acceptedAt
  return assignment
}

/** The assignment, or null. Those of blocks are copies: they can be read, not changed. */
export function findAssignment(world: World, id: string): Assignment | null {
  const found = world.assignments.get(id)
  if (found !== undefined) return found
  const poolHex = /^([0-9a-f]{10,})--/.exec(id)?.[1]
  const pool =
    poolHex === undefined ? undefined : world.pools.get(BigInt(`0x${poolHex}`).toString())
  const number = pool === undefined ? null : assignmentNumber(pool.id, id)
  if (pool === undefined || number === null) return null
  const block = pool.blocks.find((one) => number >= one.first && number < one.first + one.count)
  return block === undefined ? null : fromBlock(pool, block, number)
}

/** Whether Toloka allows the step. */
export function canMove(from: AssignmentStatus, to: AssignmentStatus): boolean {
  return moves[from].includes(to)
}

/** Takes a step that Toloka allows; anything else is a mistake of the test. */
export function moveAssignment(world: World, assignment: Assignment, to: AssignmentStatus): void {
  const pool = knownPool(world, assignment.poolId)
  if (pool.status === 'ARCHIVED' || !canMove(assignment.status, to)) {
    throw new Error(`${assignment.id} cannot go from ${assignment.status} to ${to}`)
  }
  setStatus(world, assignment, to, world.at)
  assignment.changedTick = world.nextTick()
  announceAssignment(world, pool, assignment)
  if (to === 'SUBMITTED') {
    if (pool.settings.auto_accept_solutions) moveAssignment(world, assignment, 'ACCEPTED')
    else awaitReview(world, pool, assignment)
  }
  if (to === 'REJECTED' && pool.status === 'CLOSED' && reopensOnRejection(pool)) {
    openPool(world, pool)
  }
}

function setStatus(world: World, assignment: Assignment, to: AssignmentStatus, at: number): void {
  assignment.status = to
  if (to === 'SUBMITTED') assignment.submittedAt = at
  if (to === 'SKIPPED') assignment.skippedAt = at
  if (to === 'EXPIRED') assignment.expiredAt = at
  if (to === 'REJECTED') {
    assignment.rejectedAt = at
    assignment.lastRejectedAt = at
  }
  if (to === 'ACCEPTED') {
    assignment.acceptedAt = at
    if (!world.personality.appealKeepsRejectedDate) assignment.rejectedAt = null
  }
}

/** An answer nobody reviews is decided by itself when the review window is over. */
function awaitReview(world: World, pool: Pool, assignment: Assignment): void {
  const windowMs = pool.settings.auto_accept_period_day * dayMs
  world.agenda.add(
    (assignment.submittedAt ?? world.at) + windowMs,
    () => moveAssignment(world, assignment, pool.rejectsUnreviewed ? 'REJECTED' : 'ACCEPTED'),
    () => assignment.status === 'SUBMITTED' && pool.status !== 'ARCHIVED',
  )
}

/** A quality rule may reopen a closed pool as soon as an answer of it is rejected. */
function reopensOnRejection(pool: Pool): boolean {
  return actionsOf(pool.settings.quality_control).some(
    (action) =>
      action['type'] === 'CHANGE_OVERLAP' &&
      isObject(action['parameters']) &&
      action['parameters']['open_pool'] === true,
  )
}

function listAt(value: unknown, name: string): readonly unknown[] {
  const list = isObject(value) ? value[name] : undefined
  return Array.isArray(list) ? list : []
}

/** All actions of all quality rules. */
export function actionsOf(qualityControl: unknown): readonly Readonly<Record<string, unknown>>[] {
  return listAt(qualityControl, 'configs')
    .flatMap((config) => listAt(config, 'rules'))
    .map((rule) => (isObject(rule) ? rule['action'] : undefined))
    .filter(isObject)
}

function announceAssignment(world: World, pool: Pool, assignment: Assignment): void {
  announce(world, pool, events[assignment.status], {
    task_suite_id: assignment.taskSuiteId,
    assignment_id: assignment.id,
  })
}
