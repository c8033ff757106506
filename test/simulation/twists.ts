import type { TolokaModel } from '../fake-toloka/model.ts'
import { drawScript, type Happening } from './happening.ts'
import type { Random } from './random.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

interface Occasion {
  /** ms since the epoch */
  readonly at: number
  /** Closes the pool as it was closed before, if it is open. */
  readonly closeAgain: () => void
}

type Twist = (
  model: TolokaModel,
  poolId: string,
  random: Random,
  occasion: Occasion,
) => readonly Happening[]

/** What people do to a pool in the meantime, and what follows from it. */
const twists = {
  reopen: (model, poolId, random, { at, closeAgain }) => [
    {
      at,
      what: 'is reopened',
      happen: () => void (isClosed(model, poolId) && model.openPool(poolId)),
    },
    { at: at + random.integer(minuteMs, 2 * dayMs), what: 'closes again', happen: closeAgain },
  ],
  reject: (model, poolId, _random, { at }) => [
    {
      at,
      what: 'another answer is rejected',
      happen: () =>
        void (isClosed(model, poolId) && model.addAssignment(poolId, { status: 'REJECTED' })),
    },
  ],
  update: (model, poolId, _random, { at, closeAgain }) => [
    {
      at,
      what: 'is closed for an update',
      happen: () => {
        if (isClosed(model, poolId)) model.openPool(poolId)
        if (model.statusOf(poolId) === 'OPEN') model.closeForUpdate(poolId)
      },
    },
    { at: at + hourMs, what: 'closes again', happen: closeAgain },
  ],
  archive: (model, poolId, random, { at }) => {
    const script = drawScript(random)
    return [
      {
        at,
        what: 'somebody archives it',
        happen: () => void (isClosed(model, poolId) && model.archiveByHand(poolId, script)),
      },
    ]
  },
  lock: (model, poolId, random, { at }) => [
    { at, what: 'is locked', happen: () => model.lockPool(poolId) },
    ...(random.chance(0.1)
      ? [] // For ever.
      : [
          {
            at: at + random.integer(minuteMs, dayMs),
            what: 'is unlocked',
            happen: () => model.unlockPool(poolId),
            unnoticedForMs: dayMs,
          },
        ]),
  ],
  lose: (model, poolId, random, { at }) => [
    { at, what: 'cannot be accessed', happen: () => model.setAccess(poolId, 'none') },
    {
      at: at + random.integer(minuteMs, dayMs),
      what: 'can be accessed again',
      happen: () => model.setAccess(poolId, 'own'),
      unnoticedForMs: dayMs,
    },
  ],
} as const satisfies Record<string, Twist>

const names = [
  'reopen',
  'reject',
  'reject',
  'update',
  'archive',
  'archive',
  'lock',
  'lose',
] as const

export function drawTwist(
  model: TolokaModel,
  random: Random,
  poolId: string,
  occasion: Occasion,
): readonly Happening[] {
  return twists[random.pick(names)](model, poolId, random, occasion)
}

function isClosed(model: TolokaModel, poolId: string): boolean {
  return model.statusOf(poolId) === 'CLOSED'
}
