import type { Dependencies } from '../../functions/application/dependencies.ts'
import { watchToloka } from '../support/watch-toloka.ts'
import type { Random } from './random.ts'

/** The process died: nothing of it goes on. */
export class Died extends Error {
  override readonly name = 'Died'
}

export interface Perils {
  /** How likely the process dies at a side effect: half of the times before it, half after it. */
  readonly death: number
  /** Waits until it is this process's turn, before each side effect. */
  readonly turn: () => Promise<void>
  /** Hears of each side effect. */
  readonly tell: (effect: string) => void
}

/** One run of a function, from a message to its end: it may die at any of its side effects. */
export class Process {
  readonly #random: Random
  readonly #perils: Perils
  #isDead = false

  constructor(random: Random, perils: Perils) {
    this.#random = random
    this.#perils = perils
  }

  /** The same ports, with death behind each corner. */
  endanger(ports: Dependencies): Dependencies {
    const { toloka, store, account, wakeUps, announcer } = ports
    return {
      ...ports,
      toloka: watchToloka(toloka, (name, work) => this.#watch(name, work)),
      store: { ...store, get: this.#watch('get', store.get), put: this.#watch('put', store.put) },
      account: {
        read: this.#watch('read account', account.read),
        write: this.#watch('write account', account.write),
      },
      wakeUps: { request: this.#watch('request wake-up', wakeUps.request) },
      announcer: { announce: this.#watch('announce', announcer.announce) },
    }
  }

  #watch<Arguments extends unknown[], Result>(
    effect: string,
    work: (...given: Arguments) => Promise<Result>,
  ): (...given: Arguments) => Promise<Result> {
    const { death, turn, tell } = this.#perils
    return async (...given) => {
      await turn()
      if (this.#isDead) throw new Died('The dead do nothing.')
      if (death === 0 || !this.#random.chance(death)) return work(...given)
      this.#isDead = true
      const isBefore = this.#random.chance(0.5)
      tell(`dies ${isBefore ? 'before' : 'after'}: ${effect}`)
      if (!isBefore) await work(...given)
      throw new Died(`Died at ${effect}.`)
    }
  }
}
