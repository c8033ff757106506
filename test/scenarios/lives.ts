import { dayMs, hourMs, minuteMs } from '../../functions/domain/instant.ts'
import type { ReasonCode } from '../../functions/domain/reasons.ts'
import type { State } from '../../functions/domain/states.ts'
import type { TolokaModel } from '../fake-toloka/model.ts'
import type { ArchiveScript } from '../fake-toloka/world.ts'

/** A pool as a scenario begins. */
export interface Beginning {
  readonly poolId: string
  /** Ids of the answers that are not just accepted. */
  readonly answers: readonly string[]
}

/** Something that happens at Toloka in the life of a pool. */
export interface Happening {
  /** Since the beginning of the scenario. */
  readonly afterMs: number
  readonly what: string
  readonly happen: (model: TolokaModel, beginning: Beginning) => void
}

/** The life of a pool, from its first day to its end. */
export interface Life {
  readonly name: string
  readonly title: string
  /** Makes the pool as it is when the scenario begins. */
  readonly begin: (model: TolokaModel, beginsAt: number) => Beginning
  readonly happenings: readonly Happening[]
  /** What happens to the archive request of this pool. */
  readonly interference?: 'archived-by-somebody-first' | 'archiver-killed-before-the-answer'
  readonly ends: { readonly state: State; readonly reason: ReasonCode }
}

const closesAfterMs = 10 * minuteMs
const archived = { state: 'archived', reason: 'already-archived' } as const

/** Each of these is a story that a requester has lived through. Fifteen, each with its own turn. */
export const lives: readonly Life[] = [
  {
    name: 'clean-close',
    title: 'Closes with every answer accepted',
    begin: open('Street signs'),
    happenings: [closes()],
    ends: archived,
  },
  {
    name: 'rejections',
    title: 'Has a rejected answer: the worker may appeal',
    begin: open('Moon craters', { rejectedAnswers: 1 }),
    happenings: [closes()],
    ends: archived,
  },
  {
    name: 'late-rejection',
    title: 'Another answer is rejected four days into the wait',
    begin: open('Bird songs', { rejectedAnswers: 1 }),
    happenings: [
      closes(),
      {
        afterMs: 4 * dayMs,
        what: 'another answer is rejected',
        happen: (model, { poolId }) => {
          model.addAssignment(poolId, { status: 'REJECTED' })
        },
      },
    ],
    ends: archived,
  },
  {
    name: 'appeal',
    title: 'A rejected answer is accepted on appeal',
    begin: open('Receipts', { rejectedAnswers: 1 }),
    happenings: [
      closes(),
      {
        afterMs: 3 * dayMs,
        what: 'the worker appeals, the answer is accepted',
        happen: acceptAll,
      },
    ],
    ends: archived,
  },
  {
    name: 'exam',
    title: 'An exam that accepts and rejects by accuracy',
    begin: open('Entrance exam', { isExam: true }),
    happenings: [closes()],
    ends: archived,
  },
  {
    name: 'review-pending',
    title: 'An answer is still to be reviewed when it closes',
    begin: open('Product photos', { submittedAnswers: 1 }),
    happenings: [
      closes(),
      {
        afterMs: 2 * dayMs,
        what: 'the answer is accepted',
        happen: acceptAll,
      },
    ],
    ends: archived,
  },
  {
    name: 'reopened',
    title: 'Is reopened while it waits, and closes again',
    begin: open('Map labels', { rejectedAnswers: 1 }),
    happenings: [
      closes(),
      {
        afterMs: 2 * dayMs,
        what: 'somebody opens it again',
        happen: (model, { poolId }) => model.openPool(poolId),
      },
      closes(3 * dayMs),
    ],
    ends: archived,
  },
  {
    name: 'closed-for-update',
    title: 'Closes for an update, and opens by itself after 15 minutes',
    begin: open('Recipes'),
    happenings: [
      {
        afterMs: closesAfterMs,
        what: 'closes for an update',
        happen: (model, { poolId }) => model.closeForUpdate(poolId),
      },
      closes(5 * hourMs),
    ],
    ends: archived,
  },
  {
    name: 'draft',
    title: 'A draft that nobody has started yet',
    begin: (model) => ({
      poolId: model.createPool({ private_name: 'Spring campaign' }),
      answers: [],
    }),
    happenings: [],
    ends: { state: 'held', reason: 'never-started' },
  },
  {
    name: 'kept',
    title: 'Marked to be kept by its owner',
    begin: open('Reference set', { private_comment: 'Needed for the audit [keep]' }),
    happenings: [closes()],
    ends: { state: 'held', reason: 'keep-marker' },
  },
  {
    name: 'archived-by-somebody',
    title: 'Somebody archives it first: Toloka answers 204',
    begin: open('Old news'),
    happenings: [closes()],
    interference: 'archived-by-somebody-first',
    ends: archived,
  },
  {
    name: 'slow-operation',
    title: 'The archive operation takes half an hour',
    begin: open('Long dialogues', {
      archive: { kind: 'slow', pendingMs: minuteMs, runningMs: 30 * minuteMs },
    }),
    happenings: [closes()],
    ends: archived,
  },
  {
    name: 'failing-operation',
    title: 'The first archive operation fails',
    begin: open('Handwriting', { archive: { kind: 'fail', afterMs: 20_000 } }),
    happenings: [closes()],
    ends: archived,
  },
  {
    name: 'lost-webhook',
    title: 'Its webhook gets lost: the sweep finds it',
    begin: open('Traffic lights'),
    happenings: [
      {
        afterMs: closesAfterMs,
        what: 'closes, and the webhook gets lost',
        happen: (model, { poolId }) => {
          model.scriptDelivery(poolId, 'lost')
          model.closePool(poolId)
        },
      },
    ],
    ends: archived,
  },
  {
    name: 'crash',
    title: 'The archiver is killed before it hears the answer',
    begin: open('Weather reports'),
    happenings: [closes(20 * minuteMs)],
    interference: 'archiver-killed-before-the-answer',
    ends: archived,
  },
]

interface Past {
  readonly rejectedAnswers?: number
  readonly submittedAnswers?: number
  readonly isExam?: boolean
  readonly private_comment?: string
  /** How the first archive request is answered; at once if left out. */
  readonly archive?: ArchiveScript
}

/** An open pool with many accepted answers, and some of another kind. */
function open(name: string, past: Past = {}): Life['begin'] {
  const { rejectedAnswers = 0, submittedAnswers = 0, isExam = false, archive, ...settings } = past
  return (model, beginsAt) => {
    const poolId = model.createPool(
      { private_name: name, ...settings },
      {
        createdAt: beginsAt - 3 * dayMs,
        lastStartedAt: beginsAt - 2 * dayMs,
        status: 'OPEN',
        isExam,
      },
    )
    if (archive) model.scriptArchive(poolId, archive)
    model.addManyAssignments(poolId, 500, beginsAt - dayMs)
    const statuses = [
      ...Array.from({ length: rejectedAnswers }, () => 'REJECTED' as const),
      ...Array.from({ length: submittedAnswers }, () => 'SUBMITTED' as const),
    ]
    return { poolId, answers: statuses.map((status) => model.addAssignment(poolId, { status })) }
  }
}

function closes(afterMs = closesAfterMs): Happening {
  return { afterMs, what: 'closes', happen: (model, { poolId }) => model.closePool(poolId) }
}

function acceptAll(model: TolokaModel, { answers }: Beginning): void {
  for (const id of answers) model.accept(id)
}
