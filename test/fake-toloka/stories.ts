import type { TolokaModel } from './model.ts'

/** A pool with something to watch. */
export interface Story {
  readonly poolId: string
  readonly text: string
}

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

/**
 * Fills the fake with pools of a varied past, one of each kind that the archiver treats in its own
 * way.
 * @param now ms since the epoch
 */
export function tellStories(model: TolokaModel, now: number): readonly Story[] {
  const closed = (name: string, settings: Parameters<TolokaModel['createPool']>[0] = {}): string =>
    model.createPool(
      { private_name: name, ...settings },
      {
        createdAt: now - 20 * dayMs,
        lastStartedAt: now - 19 * dayMs,
        lastStoppedAt: now - 10 * dayMs,
        lastCloseReason: 'COMPLETED',
      },
    )
  const stories: Story[] = []
  const tell = (poolId: string, text: string): void => void stories.push({ poolId, text })

  const clean = closed('Street signs, batch 1')
  model.addManyAssignments(clean, 5000, now - 11 * dayMs)
  tell(clean, 'closed 10 days ago, 5000 answers accepted: can be archived now')

  const soon = closed('Street signs, batch 2')
  const almostMs = 8 * dayMs + 23 * hourMs + 58 * minuteMs
  model.addAssignment(soon, { status: 'REJECTED', at: now - almostMs })
  tell(soon, 'an answer rejected 8 days 23 h 58 min ago: its nine days end in two minutes')

  const rejected = closed('Street signs, batch 3')
  model.addAssignment(rejected, { status: 'REJECTED', at: now - dayMs })
  tell(rejected, 'an answer rejected yesterday: its nine days end in eight days')

  const review = closed('Street signs, batch 4')
  model.addAssignment(review, { status: 'SUBMITTED', at: now - 11 * dayMs })
  tell(review, 'an answer still waits for its review')

  const kept = closed('Street signs, batch 5', { private_comment: 'for the audit [keep]' })
  tell(kept, 'kept by a marker in its private comment')

  const slow = closed('Street signs, batch 6')
  model.scriptArchive(slow, { kind: 'slow', pendingMs: 10_000, runningMs: 50_000 })
  tell(slow, 'can be archived now, but the operation takes a minute')

  const exam = model.createPool(
    { private_name: 'Entrance exam' },
    {
      lastStartedAt: now - 5 * dayMs,
      lastStoppedAt: now - 3 * dayMs,
      lastCloseReason: 'COMPLETED',
      isExam: true,
    },
  )
  tell(exam, 'an exam closed three days ago: nine days from the close')

  const open = model.createPool({ private_name: 'Street signs, batch 7' })
  model.openPool(open)
  tell(open, 'open; close it at /fake')

  const draft = model.createPool({ private_name: 'Street signs, draft' })
  tell(draft, 'a draft, never started')
  return stories
}
