import type { OperatorAnswer } from '../application/change-by-operator.ts'
import type { Question } from './action-page.ts'
import type { PageArchiver } from './page-archiver.ts'
import type { Form } from './read-form.ts'

/** What a person can do on the page: what is asked before, and what is done then. */
export interface Action {
  readonly name: string
  readonly question: (
    poolId: string,
    form: Form,
  ) => Pick<Question, 'title' | 'text' | 'button' | 'fields'>
  readonly perform: (archiver: PageArchiver, said: Said) => Promise<Outcome>
}

export interface Said {
  /** Empty if it is not about one pool. */
  readonly poolId: string
  /** Who says it, for the records. */
  readonly by: string
  readonly form: Form
}

export type Outcome =
  | { readonly kind: 'done'; readonly next: string }
  /** The form does not make sense. */
  | { readonly kind: 'ask-again'; readonly problem: string }
  /** The facts do not allow it. */
  | { readonly kind: 'refused'; readonly problem: string }

/** Back to the pool, or why not. */
export function toOutcome(done: string, poolId: string, answer: OperatorAnswer): Outcome {
  switch (answer) {
    case 'done':
      return { kind: 'done', next: `/pools/${poolId}?done=${done}` }
    case 'too-late':
      return {
        kind: 'refused',
        problem: `Too late: the archive request of pool ${poolId} is on its way.`,
      }
    case 'already-archived':
      return { kind: 'refused', problem: `Pool ${poolId} is archived, and that cannot be undone.` }
  }
}
