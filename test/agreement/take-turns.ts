/** Gives the one and the other in turn. */
export type Turns<Taker> = () => Taker

export function takeTurns<Taker>([one, other]: readonly [Taker, Taker]): Turns<Taker> {
  let turn = 0
  return () => (turn++ % 2 === 0 ? one : other)
}
