import { hourMs, minuteMs, secondMs, type Instant } from './instant.ts'

/** An asynchronous operation of Toloka. Words and values are Toloka's own. */
export interface Operation {
  readonly id: string
  readonly type: string
  /** `PENDING`, `RUNNING`, `SUCCESS`, `FAIL`; anything else counts as not ended. */
  readonly status: string
  readonly poolId: string | null
  readonly submittedAt: Instant | null
  readonly startedAt: Instant | null
  readonly finishedAt: Instant | null
  /** Percent. */
  readonly progress: number | null
  /** What Toloka says of the outcome, as JSON; cut to a bounded length. */
  readonly details: string | null
}

/** An operation together with how often it was looked at. */
export interface FollowedOperation extends Operation {
  /** When it became known here. */
  readonly knownAt: Instant
  readonly looks: number
}

/**
 * Only the status tells the end: Toloka has shown running operations with a finish date, and
 * finish dates before the submission.
 */
export function hasEnded(operation: Operation): boolean {
  return operation.status === 'SUCCESS' || operation.status === 'FAIL'
}

/** How long after the last look an operation that has not ended is looked at again. */
const followUpMs = [10 * secondMs, 30 * secondMs, 2 * minuteMs, 10 * minuteMs, hourMs]

export function followUpDelayMs(looks: number): number {
  return followUpMs[looks] ?? hourMs
}
