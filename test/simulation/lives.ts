import type { TolokaModel } from '../fake-toloka/model.ts'
import type { ArchiveScript } from '../fake-toloka/world.ts'
import type { Random } from './random.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

/** A pool whose life is drawn by chance. */
export interface Life {
  readonly poolId: string
  /** False if nobody should archive it: it is kept, a draft, or its close reason is excluded. */
  readonly mayBeArchived: boolean
  /** How long after its close the policy lets it be archived. */
  readonly graceMs: number
}

/** What happens to the world at an instant, ms since the epoch. */
export interface Happening {
  readonly at: number
  readonly what: string
  readonly happen: () => void
}

/** Nothing more happens to a pool after so long. */
export const longestLifeMs = 14 * dayMs

/** Begins the life of a pool: open, with answers, and with a future that is drawn now. */
export function beginLife(
  model: TolokaModel,
  random: Random,
  beginsAt: number,
): { readonly life: Life; readonly happenings: readonly Happening[] } {
  const kind = random.pick(kinds)
  const isDraft = kind === 'draft'
  const poolId = model.createPool(
    kind === 'kept' ? { private_comment: 'for later [keep]' } : {},
    isDraft ? {} : { status: 'OPEN', lastStartedAt: beginsAt - 2 * dayMs, isExam: kind === 'exam' },
  )
  if (isDraft) return { life: { poolId, mayBeArchived: false, graceMs: 0 }, happenings: [] }
  const answers = Array.from({ length: random.integer(0, 3) }, () =>
    model.addAssignment(poolId, { status: random.pick(answerStatuses) }),
  )
  for (let count = random.integer(0, 2); count > 0; count -= 1) {
    model.scriptArchive(poolId, drawScript(random))
  }
  const reason = random.pick(['COMPLETED', 'COMPLETED', 'COMPLETED', 'MANUAL', 'BLOCKED'])
  const closesAt = beginsAt + random.integer(0, dayMs)
  const later = (): number => closesAt + random.integer(0, 10 * dayMs)
  const happenings: Happening[] = [
    { at: closesAt, what: `closes: ${reason}`, happen: () => close(model, poolId, reason) },
    ...(random.chance(0.3)
      ? [{ at: closesAt - 1, what: 'a task is taken', happen: () => take(model, poolId) }]
      : []),
    ...answers.map((id) => ({
      at: later(),
      what: 'answer is decided',
      happen: () => decide(model, id, random),
    })),
  ]
  for (let count = random.integer(0, 2); count > 0; count -= 1) {
    happenings.push(...drawTwist(model, random, poolId, later(), reason))
  }
  const mayBeArchived = kind !== 'kept' && reason !== 'BLOCKED'
  return {
    life: { poolId, mayBeArchived, graceMs: reason === 'MANUAL' ? 7 * dayMs : 0 },
    happenings,
  }
}

const kinds = ['plain', 'plain', 'plain', 'plain', 'plain', 'exam', 'kept', 'draft'] as const
const answerStatuses = ['ACCEPTED', 'REJECTED', 'SUBMITTED', 'ACTIVE'] as const

function drawScript(random: Random): ArchiveScript {
  return random.pick<ArchiveScript>([
    { kind: 'instant' },
    {
      kind: 'slow',
      pendingMs: random.integer(0, minuteMs),
      runningMs: random.integer(0, random.pick([minuteMs, hourMs, 30 * hourMs])),
    },
    { kind: 'fail', afterMs: random.integer(0, hourMs) },
    { kind: 'success-but-not-archived', forMs: random.integer(0, 3 * hourMs) },
    { kind: 'refuse', status: 409, code: 'CONFLICT_STATE' },
    { kind: 'refuse', status: 409, code: 'POOL_LOCKED_BY_ANOTHER_OPERATION' },
  ])
}

/** Something that people do to a pool in the meantime, and what follows from it. */
function drawTwist(
  model: TolokaModel,
  random: Random,
  poolId: string,
  at: number,
  reason: string,
): readonly Happening[] {
  const isClosed = (): boolean => model.statusOf(poolId) === 'CLOSED'
  switch (random.pick(['reopen', 'reject', 'update', 'archive', 'lock'])) {
    case 'reopen':
      return [
        { at, what: 'is reopened', happen: () => isClosed() && model.openPool(poolId) },
        {
          at: at + random.integer(minuteMs, 2 * dayMs),
          what: 'closes again',
          happen: () => close(model, poolId, reason),
        },
      ]
    case 'reject':
      return [
        {
          at,
          what: 'another answer is rejected',
          happen: () => isClosed() && model.addAssignment(poolId, { status: 'REJECTED' }),
        },
      ]
    case 'update':
      return [
        {
          at,
          what: 'is closed for an update',
          happen: () => model.statusOf(poolId) === 'OPEN' && model.closeForUpdate(poolId),
        },
        { at: at + hourMs, what: 'closes again', happen: () => close(model, poolId, reason) },
      ]
    case 'archive':
      return [
        {
          at,
          what: 'somebody archives it',
          happen: () => isClosed() && model.archiveByHand(poolId),
        },
      ]
    case 'lock':
    default:
      return [
        { at, what: 'is locked', happen: () => model.lockPool(poolId) },
        {
          at: at + random.integer(minuteMs, dayMs),
          what: 'is unlocked',
          happen: () => model.unlockPool(poolId),
        },
      ]
  }
}

function close(model: TolokaModel, poolId: string, reason: string): void {
  if (model.statusOf(poolId) === 'OPEN') model.closePool(poolId, reason)
}

type Decision = 'submit' | 'accept' | 'reject' | 'expire'

/** Somebody begins to work right before the pool closes, and takes his time. */
function take(model: TolokaModel, poolId: string): void {
  if (model.statusOf(poolId) === 'OPEN') model.startAssignment(poolId)
}

/** In the end every answer is accepted, rejected, or was never given; a few are appealed. */
function decide(model: TolokaModel, assignmentId: string, random: Random): void {
  const decisions = random.pick<readonly Decision[]>([
    ['submit', 'accept'],
    ['submit', 'reject'],
    ['reject', 'accept'],
    ['expire'],
  ])
  for (const decision of decisions) {
    try {
      model[decision](assignmentId)
    } catch {
      // Not possible as things stand, such as in an archived pool: then it does not happen.
    }
  }
}
