import type { Clock } from './clock.ts'

const windowMs = 1000

/** Lets at most so many requests pass within any second. */
export class Pace {
  readonly #clock: Clock
  readonly #perSecond: number
  #passed: number[] = []

  constructor(clock: Clock, perSecond: number) {
    this.#clock = clock
    this.#perSecond = perSecond
  }

  async pass(): Promise<void> {
    for (;;) {
      const now = this.#clock.now()
      this.#passed = this.#passed.filter((at) => at > now - windowMs)
      const [first] = this.#passed
      if (first === undefined || this.#passed.length < this.#perSecond) {
        this.#passed.push(now)
        return
      }
      await this.#clock.wait(first + windowMs - now)
    }
  }
}
