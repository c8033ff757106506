import type { Backoff } from './backoff.ts'
import type { Instant } from './instant.ts'
import type { AssignmentFact } from './pool.ts'
import type { ReasonCode } from './reasons.ts'

/** What is to be done with a pool. */
export type Outcome =
  | { readonly action: 'finish' }
  | { readonly action: 'watch' }
  | { readonly action: 'hold'; readonly until: Instant | null }
  | Wait
  | { readonly action: 'archive' }

export interface Wait {
  readonly action: 'wait'
  /** When to look again; always after the `now` of the question. */
  readonly until: Instant
  /** How the wait lengthens when it repeats; null if the facts name the time. */
  readonly backoff: Backoff | null
  /** A person should hear of it. */
  readonly warning: boolean
}

export type Verdict = Outcome & { readonly reason: ReasonCode }

/** The rule cannot go on before this is read. */
export interface Question {
  readonly action: 'read'
  readonly fact: AssignmentFact
}
