import type { Random } from './random.ts'

/** Lets several processes take turns at their side effects, in an order that chance decides. */
export class Turns {
  readonly #random: Random
  readonly #waiting: (() => void)[] = []
  /** Processes that neither wait for their turn nor have ended. */
  #busy = 0

  constructor(random: Random) {
    this.#random = random
  }

  /** Resolves when it is the caller's turn. */
  readonly take = (): Promise<void> =>
    new Promise((resolve) => {
      this.#waiting.push(resolve)
      this.#pass()
    })

  /** Runs processes that take their turns here, until all have ended. */
  async run(processes: readonly (() => Promise<void>)[]): Promise<void> {
    this.#busy = processes.length
    await Promise.all(processes.map((process) => process().finally(() => this.#pass())))
  }

  /** Whoever is busy last chooses who goes on. */
  #pass(): void {
    this.#busy -= 1
    if (this.#busy > 0 || this.#waiting.length === 0) return
    const [next] = this.#waiting.splice(this.#random.integer(0, this.#waiting.length - 1), 1)
    this.#busy = 1
    next?.()
  }
}
