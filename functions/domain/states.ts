/** Where the archiving of a pool stands. Only `archived` is an end. */
export const states = [
  'watching',
  'waiting',
  'held',
  'submitting',
  'archiving',
  'archived',
  'attention',
] as const

export type State = (typeof states)[number]

/** `new` is a pool of which there is no record yet. */
export type Origin = State | 'new'

const undecided = ['watching', 'waiting', 'held', 'attention'] as const
const asked = ['submitting', 'archiving'] as const
const unfinished = [...undecided, ...asked] as const

/** Every way in which a record may move. `postpone` leaves it in the state in which it is. */
export const transitions = {
  discover: { from: ['new'], to: 'waiting' },
  watch: { from: ['new', ...unfinished], to: 'watching' },
  plan: { from: ['new', ...unfinished], to: 'waiting' },
  hold: { from: ['new', ...unfinished], to: 'held' },
  submit: { from: ['new', ...undecided], to: 'submitting' },
  accept: { from: unfinished, to: 'archiving' },
  follow: { from: ['waiting', 'archiving', 'attention'], to: 'archiving' },
  confirm: { from: ['new', ...unfinished], to: 'archived' },
  'call-operator': { from: ['new', ...unfinished], to: 'attention' },
  postpone: { from: ['new', ...unfinished], to: 'same' },
  settle: { from: ['archived'], to: 'same' },
} as const satisfies Record<string, { from: readonly Origin[]; to: State | 'same' }>

export type Transition = keyof typeof transitions

/**
 * The state to which a transition leads.
 *
 * @throws Error if the table does not allow the transition: that is a defect, never a fact of life.
 */
export function stateAfter(transition: Transition, from: Origin): State {
  const { from: allowed, to }: { from: readonly Origin[]; to: State | 'same' } =
    transitions[transition]
  if (!allowed.includes(from)) throw new Error(`A record that is ${from} cannot ${transition}.`)
  if (to !== 'same') return to
  return from === 'new' ? 'waiting' : from
}
