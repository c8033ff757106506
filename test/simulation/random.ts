import { uniformInt } from 'pure-rand/distribution/uniformInt'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'

/** Chance that always falls the same way for the same seed. */
export class Random {
  readonly #generator: ReturnType<typeof xoroshiro128plus>

  /** @param seed a whole number of 32 bits */
  constructor(seed: number) {
    this.#generator = xoroshiro128plus(seed)
  }

  /** A whole number, both ends included. */
  integer(from: number, to: number): number {
    return uniformInt(this.#generator, from, to)
  }

  chance(probability: number): boolean {
    return this.integer(0, 999_999) < probability * 1_000_000
  }

  /** @throws RangeError if there is nothing to pick from */
  pick<Value>(values: readonly Value[]): Value {
    const picked = values.slice(this.integer(0, values.length - 1))
    for (const value of picked) return value
    throw new RangeError('There is nothing to pick from.')
  }

  /** A seed for something that is to have a chance of its own. */
  seed(): number {
    return this.integer(0, 0x7f_ff_ff_ff)
  }
}
