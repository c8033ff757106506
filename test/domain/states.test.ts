import { expect, test } from '@jest/globals'
import {
  stateAfter,
  states,
  transitions,
  type Origin,
  type State,
  type Transition,
} from '../../functions/domain/states.ts'

type Column = readonly [transition: Transition, from: readonly Origin[], to: State | 'same']

const resting: readonly Origin[] = ['watching', 'waiting', 'held', 'attention']
const unfinished: readonly Origin[] = [...resting, 'submitting', 'archiving']

/** Who may go where; what is not named here is forbidden. */
const allowed: readonly Column[] = [
  ['discover', ['new'], 'waiting'],
  ['watch', ['new', ...unfinished], 'watching'],
  ['plan', ['new', ...unfinished], 'waiting'],
  ['hold', ['new', ...unfinished], 'held'],
  ['submit', ['new', ...resting], 'submitting'],
  ['accept', unfinished, 'archiving'],
  ['follow', ['waiting', 'archiving', 'attention'], 'archiving'],
  ['confirm', ['new', ...unfinished], 'archived'],
  ['call-operator', ['new', ...unfinished], 'attention'],
  ['postpone', ['new', ...unfinished], 'same'],
  ['settle', ['archived'], 'same'],
]

const origins: readonly Origin[] = ['new', ...states]
const moves = allowed.flatMap(([transition, from, to]) =>
  origins.map((origin) => ({ transition, origin, to, isAllowed: from.includes(origin) })),
)

test('The table names these transitions and no other', () => {
  expect(Object.keys(transitions)).toEqual(allowed.map(([transition]) => transition))
})

test.each(moves.filter(({ isAllowed, to }) => isAllowed && to !== 'same'))(
  '$transition leads from $origin to $to',
  ({ transition, origin, to }) => {
    expect(stateAfter(transition, origin)).toBe(to)
  },
)

test.each(
  moves.filter(({ isAllowed, origin, to }) => isAllowed && to === 'same' && origin !== 'new'),
)('$transition stays in $origin', ({ transition, origin }) => {
  expect(stateAfter(transition, origin)).toBe(origin)
})

test('A pool that is postponed before anybody looked at it waits', () => {
  expect(stateAfter('postpone', 'new')).toBe('waiting')
})

test.each(moves.filter(({ isAllowed }) => !isAllowed))(
  '$transition is refused from $origin',
  ({ transition, origin }) => {
    expect(() => stateAfter(transition, origin)).toThrow(
      `A record that is ${origin} cannot ${transition}.`,
    )
  },
)

test.each(states)('%s: only archived is an end', (state) => {
  const waysOut = moves.filter(
    ({ isAllowed, origin, to }) => isAllowed && origin === state && ![state, 'same'].includes(to),
  )
  expect(waysOut.length === 0).toBe(state === 'archived')
})
