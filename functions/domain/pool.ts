import type { Instant } from './instant.ts'

const poolIdPattern = /^\d{1,32}$/

/** Pool ids are digits; anything else is not one of Toloka's. */
export function isPoolId(value: string): boolean {
  return poolIdPattern.test(value)
}

/** What the rule reads of a Toloka pool. Words and values are Toloka's own. */
export interface Pool {
  readonly id: string
  readonly projectId: string
  readonly privateName: string | null
  readonly privateComment: string | null
  readonly metadata: Readonly<Record<string, readonly string[]>>
  /** `OPEN`, `CLOSED`, `ARCHIVED`, `LOCKED`, or a value that Toloka adds later. */
  readonly status: string
  readonly lastCloseReason: string | null
  /** Null for a draft: new pools are born CLOSED and have never been started. */
  readonly lastStartedAt: Instant | null
  readonly lastStoppedAt: Instant | null
  /** Of type TRAINING, or used as the training of another pool. */
  readonly training: boolean
  /** Bounds how long an assignment can stay ACTIVE after the pool was closed. */
  readonly assignmentMaxDurationSeconds: number | null
  /** Days after which Toloka accepts an unreviewed answer by itself. */
  readonly autoAcceptPeriodDays: number | null
  /**
   * Has a quality-control action that accepts or rejects all answers of a worker. Toloka does not
   * mark exams with automatic acceptance; this is how they are recognised.
   */
  readonly decidesAutomatically: boolean
}

/** One assignment out of an answer to a question about a pool. */
export interface Assignment {
  readonly id: string
  readonly poolId: string
  readonly status: string
  readonly rejectedAt: Instant | null
}

/** What has been read about a pool's assignments so far; a missing key has not been read yet. */
export interface Assignments {
  /** An assignment that is ACTIVE or SUBMITTED; null if there is none. */
  readonly pendingWork?: Assignment | null
  readonly rejections?: {
    /** The question was: anything rejected at this instant or later? */
    readonly since: Instant
    /** Some assignment that answers it; null if there is none. */
    readonly found: Assignment | null
  }
}

/** What the rule may ask to be read, in the order in which it asks. */
export type AssignmentFact = 'pending-work' | 'rejections'
