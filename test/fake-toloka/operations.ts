import { createHash } from 'node:crypto'
import { formatDate } from './dates.ts'
import { compareText, selectPage, parseListQuery } from './query.ts'
import type { ListAnswer, ListRules } from './query.ts'
import { doesNotExist } from './refusal.ts'
import type { Json } from './refusal.ts'
import type { Operation, Pool, World } from './world.ts'

/** How an operation will go. */
export interface OperationPlan {
  readonly pendingMs: number
  readonly runningMs: number
  readonly end: 'SUCCESS' | 'FAIL' | 'never'
  readonly details?: Json
  /** Called when it succeeds; false makes it fail after all. */
  readonly apply?: () => boolean
}

export const instantSuccess: OperationPlan = { pendingMs: 0, runningMs: 0, end: 'SUCCESS' }

/** An id that looks like Toloka's and whose order says nothing about the order of creation. */
export function scatteredId(world: World, purpose: string, length: number): string {
  const seed = `${world.requesterId}/${purpose}/${world.nextNumber()}`
  return createHash('sha256').update(seed).digest('hex').slice(0, length)
}

export function scatteredUuid(world: World, purpose: string): string {
  const hex = scatteredId(world, purpose, 32)
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

/** Starts an operation; what takes no time has already happened when this returns. */
export function startOperation(
  world: World,
  pool: Pool,
  type: Operation['type'],
  plan: OperationPlan,
): Operation {
  const parameters = { pool_id: pool.id }
  const operation = newOperation(world, type, parameters, pool.id, plan.runningMs)
  pool.operations.push(operation)
  proceed(world, operation, plan.pendingMs, 'PENDING', () => {
    operation.status = 'RUNNING'
    operation.startedAt = world.at
    if (plan.end === 'never') return
    proceed(world, operation, plan.runningMs, 'RUNNING', () => endOperation(world, operation, plan))
  })
  return operation
}

/** An operation about something else than a pool, which has ended well when this returns. */
export function doAtOnce(
  world: World,
  type: Operation['type'],
  parameters: Operation['parameters'],
): Operation {
  const operation = newOperation(world, type, parameters, null, 0)
  endOperation(world, operation, instantSuccess)
  return operation
}

function newOperation(
  world: World,
  type: Operation['type'],
  parameters: Operation['parameters'],
  poolId: string | null,
  runningMs: number,
): Operation {
  const operation: Operation = {
    id: scatteredUuid(world, 'operation'),
    type,
    parameters,
    poolId,
    status: 'PENDING',
    submittedAt: world.at,
    startedAt: null,
    finishedAt: null,
    runningMs,
    details: undefined,
    isKnownToClient: true,
    failureShownAt: null,
  }
  world.operations.set(operation.id, operation)
  return operation
}

function proceed(
  world: World,
  operation: Operation,
  afterMs: number,
  from: Operation['status'],
  run: () => void,
): void {
  if (afterMs === 0) run()
  else if (afterMs < Number.POSITIVE_INFINITY) {
    world.agenda.add(world.at + afterMs, run, () => operation.status === from)
  }
}

/** Ends a live operation now. */
export function endOperation(
  world: World,
  operation: Operation,
  plan: Pick<OperationPlan, 'end' | 'details' | 'apply'>,
): void {
  const succeeds = plan.end === 'SUCCESS' && (plan.apply?.() ?? true)
  operation.status = succeeds ? 'SUCCESS' : 'FAIL'
  operation.startedAt ??= world.at
  operation.finishedAt = world.at
  operation.details = succeeds ? undefined : failDetails(world, plan.details)
}

function failDetails(world: World, details: Json): Json {
  switch (world.personality.failDetails) {
    case 'error':
      return details ?? { code: 'OPERATION_EXECUTION_ERROR', message: 'Operation failed' }
    case 'empty':
      return {}
    case 'absent':
    default:
      return undefined
  }
}

export function isLive(operation: Operation): boolean {
  return operation.status === 'PENDING' || operation.status === 'RUNNING'
}

export function liveArchiveOf(pool: Pool): Operation | undefined {
  return pool.operations.findLast((one) => one.type === 'POOL.ARCHIVE' && isLive(one))
}

/** The operation as the API shows it, to a client that wants to know. */
export function operationView(world: World, operation: Operation): Json {
  operation.isKnownToClient = true
  if (operation.status === 'FAIL') operation.failureShownAt = world.at
  return view(world, operation)
}

function view(world: World, operation: Operation): Json {
  const show = (at: number | null): string | undefined =>
    at === null ? undefined : formatDate(at, world.personality)
  const promised = world.personality.runningCarriesFinished ? operation.startedAt : null
  return {
    id: operation.id,
    type: operation.type,
    status: operation.status,
    submitted: show(operation.submittedAt),
    parameters: operation.parameters,
    started: show(operation.startedAt),
    finished: show(operation.finishedAt ?? promised),
    progress: progressOf(world, operation),
    details: operation.details,
  }
}

function progressOf(world: World, operation: Operation): number {
  if (operation.finishedAt !== null) return 100
  if (operation.startedAt === null || operation.runningMs === 0) return 0
  const elapsedMs = world.at - operation.startedAt
  return Math.min(99, Math.floor((elapsedMs / operation.runningMs) * 100))
}

const listRules: ListRules<Operation> = {
  equals: {
    type: (operation, wanted) => operation.type === wanted,
    status: (operation, wanted) => operation.status === wanted,
  },
  allowed: { status: ['PENDING', 'RUNNING', 'SUCCESS', 'FAIL'] },
  lists: [],
  idOf: (operation) => operation.id,
  compareIds: compareText,
  dates: {
    submitted: (operation) => operation.submittedAt,
    finished: (operation) => operation.finishedAt,
  },
  sorts: ['id', 'submitted', 'finished'],
}

export function listOperations(
  world: World,
  query: URLSearchParams,
  aboutPool?: string,
): ListAnswer<Json> {
  const asked = parseListQuery(query, listRules, world.personality)
  const page = selectPage(world.operations.values(), listRules.idOf, asked, world.personality)
  const show = (operation: Operation): Json =>
    (operation.poolId === (aboutPool ?? operation.poolId) ? operationView : view)(world, operation)
  return { ...page, items: page.items.map(show) }
}

export function findOperation(world: World, id: string): Operation {
  const operation = world.operations.get(id)
  if (operation === undefined) throw doesNotExist('Operation')
  return operation
}
