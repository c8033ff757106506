import { blockedUntil, pendingOf } from './judge.ts'
import { instantSuccess, liveArchiveOf, operationView, startOperation } from './operations.ts'
import type { OperationPlan } from './operations.ts'
import { accessiblePool } from './pools.ts'
import { Refusal } from './refusal.ts'
import type { Json } from './refusal.ts'
import type { ArchiveScript, Operation, Pool, World } from './world.ts'

const failsAfterMs = 2000

interface Reply {
  readonly status: number
  readonly body?: Json
}

/** Answers a request to archive a pool by Toloka's rules, this personality's, and the script. */
export function requestArchive(world: World, poolId: string): Reply {
  const pool = accessiblePool(world, poolId)
  const script = pool.archiveScripts[0]
  if (script?.kind === 'refuse') {
    pool.archiveScripts.shift()
    throw new Refusal(script.status, script.code, script.message ?? script.code, script.payload)
  }
  if (pool.status === 'ARCHIVED') return { status: 204 }
  const live = liveArchiveOf(pool)
  if (live !== undefined) return answerBeside(world, pool, live)
  refuseWrongStatus(world, pool)
  const obstacle = obstacleOf(world, pool)
  if (obstacle === null) {
    return accept(world, pool, planOf(world, pool, pool.archiveScripts.shift()))
  }
  if (obstacle.form === 'refused') throw obstacle.refusal
  const { code, message, payload } = obstacle.refusal
  return accept(world, pool, failing(failsAfterMs, { code, message, payload }))
}

function accept(world: World, pool: Pool, plan: OperationPlan): Reply {
  const operation = startOperation(world, pool, 'POOL.ARCHIVE', plan)
  const request = pool.archiveRequests.at(-1)
  if (request !== undefined) request.operationId = operation.id
  return { status: 202, body: operationView(world, operation) }
}

/** Somebody else archives the pool: no request of ours, but an operation like any other. */
export function archiveByHand(world: World, pool: Pool, script: ArchiveScript): Operation {
  const plan = planOf(world, pool, script)
  const operation = startOperation(world, pool, 'POOL.ARCHIVE', plan)
  operation.isKnownToClient = false
  return operation
}

function answerBeside(world: World, pool: Pool, live: Operation): Reply {
  switch (world.personality.secondArchive) {
    case 'locked':
      throw new Refusal(409, 'POOL_LOCKED_BY_ANOTHER_OPERATION', 'Another operation is running')
    case 'exists':
      throw new Refusal(409, 'OPERATION_ALREADY_EXISTS', 'Operation already exists')
    case 'same-operation':
      return { status: 202, body: operationView(world, live) }
    case 'new-operation':
      return accept(world, pool, planOf(world, pool, undefined))
    case 'no-content':
    default:
      return { status: 204 }
  }
}

function refuseWrongStatus(world: World, pool: Pool): void {
  if (pool.settings.type === 'TRAINING') {
    throw new Refusal(409, 'POOL_IS_TRAINING', 'The pool is a training')
  }
  if (pool.status === 'CLOSED' && !pool.isLocked) return
  const code = world.personality.wrongStatusCode
  throw new Refusal(409, code, 'Inappropriate pool status', { appropriate_statuses: ['CLOSED'] })
}

/** What is in the way by the documented rules, and whether it is said now or later. */
function obstacleOf(
  world: World,
  pool: Pool,
): { form: 'refused' | 'accepted-then-fails'; refusal: Refusal } | null {
  const { earlyArchive, pendingWork } = world.personality
  if (pendingWork !== 'allowed') {
    const codes = {
      ACTIVE: 'THERE_IS_ACTIVE_ASSIGNMENT',
      SUBMITTED: 'SUBMITTED_ASSIGNMENTS_CONFLICT',
    }
    for (const status of ['ACTIVE', 'SUBMITTED'] as const) {
      if (pendingOf(pool, status) === undefined) continue
      const refusal = new Refusal(409, codes[status], `There are ${status} assignments`)
      return { form: pendingWork, refusal }
    }
  }
  const until = blockedUntil(world, pool)
  if (until === null || until <= world.at) return null
  const refusal = new Refusal(409, 'THERE_IS_REJECTED_ASSIGNMENT', 'Rejections can be appealed')
  return { form: earlyArchive, refusal }
}

function failing(afterMs: number, details: Json): OperationPlan {
  return { pendingMs: 0, runningMs: afterMs, end: 'FAIL', details }
}

function planOf(world: World, pool: Pool, script: ArchiveScript | undefined): OperationPlan {
  const apply = (): boolean => moveToArchive(world, pool)
  if (script === undefined) return { ...instantSuccess, runningMs: world.archivingMs, apply }
  switch (script.kind) {
    case 'refuse':
    case 'instant':
      return { ...instantSuccess, apply }
    case 'slow': {
      const { pendingMs = 0, runningMs = 0 } = script
      return { pendingMs, runningMs, end: 'SUCCESS', apply }
    }
    case 'fail':
      return failing(script.afterMs ?? 0, script.details)
    case 'stuck': {
      const pendingMs = script.in === 'PENDING' ? Number.POSITIVE_INFINITY : 0
      return { pendingMs, runningMs: 24 * 3_600_000, end: 'never', apply }
    }
    case 'success-but-not-archived':
    default:
      return { ...instantSuccess, apply: () => archiveLater(world, pool, script.forMs) }
  }
}

/** Succeeds unless the pool was reopened or locked while the operation ran. */
export function moveToArchive(world: World, pool: Pool): boolean {
  if (pool.status === 'ARCHIVED') return true
  if (pool.status === 'OPEN' || pool.isLocked) return false
  pool.status = 'ARCHIVED'
  pool.archivedAt = world.at
  pool.statusTick = world.nextTick()
  return true
}

function archiveLater(world: World, pool: Pool, forMs: number): boolean {
  if (forMs < Number.POSITIVE_INFINITY) {
    world.agenda.add(world.at + forMs, () => moveToArchive(world, pool))
  }
  return true
}
