import type { TolokaModel } from '../fake-toloka/model.ts'
import type { PoolSettings } from '../fake-toloka/world.ts'
import { drawScript, type Happening } from './happening.ts'
import type { Random } from './random.ts'
import { drawTwist } from './twists.ts'

const dayMs = 24 * 3_600_000

/** A pool whose life is drawn by chance. */
export interface Life {
  readonly poolId: string
  /** False if nobody should archive it, whatever the policy: it is kept, a draft, or a training. */
  readonly mayBeArchived: boolean
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
  const settings = settingsOf[kind] ?? { project_id: random.pick(projects) }
  if (kind === 'draft') {
    const poolId = model.createPool(settings)
    return { life: { poolId, mayBeArchived: false }, happenings: [] }
  }
  const lastStartedAt = beginsAt - 2 * dayMs
  const poolId = model.createPool(settings, {
    status: 'OPEN',
    lastStartedAt,
    isExam: kind === 'exam',
  })
  const answers = Array.from({ length: random.integer(0, 3) }, () =>
    model.addAssignment(poolId, { status: random.pick(answerStatuses) }),
  )
  for (let count = random.integer(0, 2); count > 0; count -= 1) {
    model.scriptArchive(poolId, drawScript(random))
  }
  const reason = random.pick(closeReasons)
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
    const closeAgain = (): void => close(model, poolId, reason)
    happenings.push(...drawTwist(model, random, poolId, { at: later(), closeAgain }))
  }
  return { life: { poolId, mayBeArchived: settingsOf[kind] === undefined }, happenings }
}

const kinds = [
  ...(['plain', 'plain', 'plain', 'plain', 'plain', 'plain', 'plain', 'exam'] as const),
  ...(['kept', 'marked', 'draft', 'training'] as const),
] as const

/** The kinds that are never archived. */
const settingsOf: Readonly<Record<string, Partial<PoolSettings>>> = {
  kept: { private_comment: 'for later [keep]' },
  marked: { metadata: { archiver: ['keep'] } },
  draft: {},
  training: { training: true },
}

/** The second may be out of scope. */
const projects = ['1500', '1500', '1501'] as const

const closeReasons = ['COMPLETED', 'COMPLETED', 'COMPLETED', 'MANUAL', 'BLOCKED'] as const
const answerStatuses = ['ACCEPTED', 'REJECTED', 'SUBMITTED', 'ACTIVE'] as const

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
