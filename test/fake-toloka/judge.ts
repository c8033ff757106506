import { actionsOf } from './assignments.ts'
import { liveArchiveOf } from './operations.ts'
import type { ViolationKind } from './violation.ts'
import type { Assignment, Pool, World } from './world.ts'

const dayMs = 24 * 3_600_000
const nineDaysMs = 9 * dayMs
/** What changed after a read at most this long ago is a race that nobody can avoid. */
const raceWindowMs = 60_000

interface Finding {
  readonly kind: ViolationKind
  readonly what: string
  readonly isRace: boolean
}

/** Whether quality control decides about all answers by itself. */
function isExam(pool: Pool): boolean {
  return actionsOf(pool.settings.quality_control).some(
    ({ type }) => type === 'REJECT_ALL_ASSIGNMENTS' || type === 'APPROVE_ALL_ASSIGNMENTS',
  )
}

/** When nine days are over, as this personality counts them. */
function nineDaysAfter(world: World, at: number): number {
  if (world.personality.nineDays === 'elapsed') return at + nineDaysMs
  return Math.floor(at / dayMs) * dayMs + 10 * dayMs
}

/** Until when Toloka's own nine-day rules keep the pool from the archive; null if they do not. */
export function blockedUntil(world: World, pool: Pool): number | null {
  const { appealLiftsBlock, examClock } = world.personality
  const starts = pool.assignments
    .filter((one) => one.status === 'REJECTED' || !appealLiftsBlock)
    .map((one) => one.lastRejectedAt)
  if (examClock === 'close' && isExam(pool)) starts.push(pool.lastStoppedAt)
  const newest = maximum(starts.filter((at) => at !== null))
  return newest === null ? null : nineDaysAfter(world, newest)
}

function maximum(values: readonly number[]): number | null {
  return values.reduce<number | null>(
    (best, value) => (best === null || value > best ? value : best),
    null,
  )
}

export function pendingOf(pool: Pool, status: 'ACTIVE' | 'SUBMITTED'): Assignment | undefined {
  return pool.assignments.findLast((one) => one.status === status)
}

/** Everything that is wrong with asking to archive the pool now, whatever the personality. */
function findings(world: World, pool: Pool): readonly Finding[] {
  const live = liveArchiveOf(pool)
  if (live !== undefined) {
    const what = `operation ${live.id} is ${live.status}`
    return [{ kind: 'live-operation', what, isRace: !live.isKnownToClient }]
  }
  return [
    ...poolFindings(world, pool),
    ...workFindings(world, pool),
    ...windowFindings(world, pool),
  ]
}

function poolFindings(world: World, pool: Pool): readonly Finding[] {
  const isRace = pool.statusTick > pool.readTick && world.at - pool.readAt.pool <= raceWindowMs
  const wrong: (readonly [ViolationKind, boolean, string])[] = [
    ['open', pool.status === 'OPEN', 'the pool is open'],
    ['locked', pool.isLocked, 'the pool is locked'],
    ['draft', pool.lastStartedAt === null, 'the pool was never started'],
    [
      'for-update',
      pool.status === 'CLOSED' && pool.lastCloseReason === 'FOR_UPDATE',
      'the pool is closed for update',
    ],
    [
      'training',
      pool.settings.type === 'TRAINING' || pool.settings.training === true,
      'the pool is a training',
    ],
  ]
  return wrong.filter(([, is]) => is).map(([kind, , what]) => ({ kind, what, isRace }))
}

function workFindings(world: World, pool: Pool): readonly Finding[] {
  const isRecent = world.at - pool.readAt.pending <= raceWindowMs
  return (['ACTIVE', 'SUBMITTED'] as const).flatMap((status) => {
    const pending = pendingOf(pool, status)
    if (pending === undefined) return []
    const isRace = pending.changedTick > pool.pendingReadTick && isRecent
    const kind = status === 'ACTIVE' ? 'active' : 'submitted'
    return [{ kind, what: `assignment ${pending.id} is ${status}`, isRace }] as const
  })
}

/** Counts every rejection that the API shows, also one that was accepted on appeal. */
function windowFindings(world: World, pool: Pool): readonly Finding[] {
  const found: Finding[] = []
  const early = pool.assignments.filter(
    (one) => (one.rejectedAt ?? -Infinity) + nineDaysMs > world.at,
  )
  const newest = maximum(early.map((one) => one.rejectedAt ?? 0))
  if (newest !== null) {
    const isRecent = world.at - pool.readAt.rejections <= raceWindowMs
    // Who asks for pending work last can miss an answer that was rejected in between.
    const readTick = Math.max(pool.rejectionsReadTick, pool.pendingReadTick)
    const isRace = isRecent && early.every((one) => one.changedTick > readTick)
    const what = `last rejection at ${new Date(newest).toISOString()}, less than 9 x 24 h ago`
    found.push({ kind: 'appeal-window', what, isRace })
  }
  const stoppedAt = pool.lastStoppedAt
  if (isExam(pool) && stoppedAt !== null && stoppedAt + nineDaysMs > world.at) {
    const what = `exam closed at ${new Date(stoppedAt).toISOString()}, less than 9 x 24 h ago`
    found.push({ kind: 'exam-window', what, isRace: false })
  }
  return found
}

/** Notes an archive request, and what is wrong with it. One for an archived pool is harmless. */
export function judgeArchiveRequest(world: World, pool: Pool): void {
  pool.archiveRequests.push({ at: world.at, status: null, code: null, operationId: null })
  if (pool.status === 'ARCHIVED' || pool.ofAnotherAccount) return
  for (const { kind, what, isRace } of findings(world, pool)) {
    const violation = { at: world.at, poolId: pool.id, kind, what }
    ;(isRace ? world.races : world.violations).push(violation)
  }
}

/**
 * The earliest instant at which Toloka would archive the pool, as far as its history tells: ms
 * since the epoch, or null while something without a known end is in the way.
 */
export function earliestAllowedAt(world: World, pool: Pool): number | null {
  if (pool.status === 'OPEN' || pool.isLocked) return null
  const pendingBlocks = world.personality.pendingWork !== 'allowed' && pool.status !== 'ARCHIVED'
  const pending = pendingOf(pool, 'ACTIVE') ?? pendingOf(pool, 'SUBMITTED')
  if (pendingBlocks && pending !== undefined) return null
  const closedAt = pool.lastStoppedAt ?? pool.createdAt
  // Answers that came to an end after the close were in the way until then.
  const workEndedAt = maximum(
    (world.personality.pendingWork === 'allowed' ? [] : pool.assignments)
      .flatMap((one) => [one.acceptedAt, one.rejectedAt, one.skippedAt, one.expiredAt])
      .filter((at) => at !== null),
  )
  return maximum([closedAt, blockedUntil(world, pool) ?? closedAt, workEndedAt ?? closedAt])
}
