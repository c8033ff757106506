import type { Random } from './random.ts'

/** Lets several processes take turns at their side effects, in an order that chance decides. */
export class Turns {
  readonly #random: Random
  readonly #waiting: (() => void)[] = []

  constructor(random: Random) {
    this.#random = random
  }

  /** Resolves when it is the caller's turn. */
  readonly take = (): Promise<void> =>
    new Promise((resolve) => {
      this.#waiting.push(resolve)
    })

  /** Runs processes that take their turns here, until all have ended. */
  async run(processes: readonly (() => Promise<void>)[]): Promise<void> {
    const running = new Set(processes)
    for (const process of processes) void process().finally(() => running.delete(process))
    while (running.size > 0) {
      await new Promise(setImmediate) // Until each of them waits for its turn, or has ended.
      const next = this.#random.integer(0, Math.max(0, this.#waiting.length - 1))
      this.#waiting.splice(next, 1)[0]?.()
    }
  }
}
