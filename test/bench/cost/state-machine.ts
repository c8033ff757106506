/** What comes of a look at a pool, or at its operation. */
export type Answer = 'wait' | 'archive' | 'running' | 'archived'

interface State {
  readonly Type: 'Task' | 'Choice' | 'Wait'
  readonly Next?: string
  readonly Choices?: readonly { readonly StringEquals: Answer; readonly Next: string }[]
}

/**
 * The archiver as a standard workflow of Step Functions, without retries and without a record of
 * its own: an execution for each closed pool, named after it. Three functions and an event.
 */
export const states = {
  /** Reads the pool, pending work and rejections. */
  Look: { Type: 'Task', Next: 'MayBeArchived' },
  MayBeArchived: {
    Type: 'Choice',
    Choices: [
      { StringEquals: 'wait', Next: 'WaitUntil' },
      { StringEquals: 'archive', Next: 'Archive' },
    ],
  },
  /** Until the time that the look has found. */
  WaitUntil: { Type: 'Wait', Next: 'Look' },
  /** Posts the request, and reads the pool if the operation has ended by then. */
  Archive: { Type: 'Task', Next: 'HasEnded' },
  HasEnded: {
    Type: 'Choice',
    Choices: [
      { StringEquals: 'running', Next: 'WaitABit' },
      { StringEquals: 'archived', Next: 'Tell' },
    ],
  },
  WaitABit: { Type: 'Wait', Next: 'Follow' },
  /** Reads the operation, and the pool if it has ended. */
  Follow: { Type: 'Task', Next: 'HasEnded' },
  /** The integration with EventBridge; the end. */
  Tell: { Type: 'Task' },
} as const satisfies Readonly<Record<string, State>>

export type StateName = keyof typeof states

/** The states that an execution enters, each of them a transition, given what its choices see. */
export function statesEntered(answers: readonly Answer[]): readonly StateName[] {
  const left = [...answers]
  const entered: StateName[] = []
  for (let next: string | undefined = 'Look'; next !== undefined;) {
    if (!isState(next)) throw new Error(`There is no state ${next}.`)
    entered.push(next)
    const state: State = states[next]
    if (state.Choices) {
      const answer = left.shift()
      next = state.Choices.find(({ StringEquals }) => StringEquals === answer)?.Next
      if (next === undefined) throw new Error(`${answer} leads nowhere.`)
    } else {
      next = state.Next
    }
  }
  return entered
}

function isState(name: string): name is StateName {
  return Object.hasOwn(states, name)
}
