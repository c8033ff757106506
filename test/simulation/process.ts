import type { Dependencies } from '../../functions/application/dependencies.ts'
import { watchToloka } from '../support/watch-toloka.ts'
import type { Random } from './random.ts'

/** The process died: nothing of it goes on. */
export class Died extends Error {
  override readonly name = 'Died'
}

/** Something of ours, such as the store, failed, or so it says: it may have done its work. */
export class Failed extends Error {
  override readonly name = 'Failed'
}

export interface Perils {
  /** How likely the process dies at a side effect: half of the times before it, half after it. */
  readonly death: number
  /** How likely anything but Toloka fails, half of the times with its work done. */
  readonly failure: number
  /** Waits until it is this process's turn, before each side effect. */
  readonly turn: () => Promise<void>
  /** Hears of each blow. */
  readonly tell: (blow: string) => void
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

  /** Whoever catches the death in between does not outlive it. */
  get isDead(): boolean {
    return this.#isDead
  }

  /** The same ports, with death behind each corner. */
  endanger(ports: Dependencies): Dependencies {
    const { toloka, store, account, wakeUps, announcer } = ports
    const { failure } = this.#perils
    return {
      ...ports,
      // What fails there is trouble on the way, and drawn elsewhere.
      toloka: watchToloka(toloka, (name, work) => this.#watch(name, 0, work)),
      store: {
        get: this.#watch('get', failure, store.get),
        put: this.#watch('put', failure, store.put),
        getFingerprints: this.#watch('get fingerprints', failure, store.getFingerprints),
        overdue: this.#watch('overdue', failure, store.overdue),
        archivedSince: this.#watch('archivedSince', failure, store.archivedSince),
        unannounced: this.#watch('unannounced', failure, store.unannounced),
        list: this.#watch('list', failure, store.list),
        readAll: this.#watch('read all', failure, store.readAll),
      },
      account: {
        read: this.#watch('read account', failure, account.read),
        write: this.#watch('write account', failure, account.write),
      },
      wakeUps: { request: this.#watch('request wake-up', failure, wakeUps.request) },
      announcer: { announce: this.#watch('announce', failure, announcer.announce) },
    }
  }

  #watch<Arguments extends unknown[], Result>(
    effect: string,
    failure: number,
    work: (...given: Arguments) => Promise<Result>,
  ): (...given: Arguments) => Promise<Result> {
    const { death, turn, tell } = this.#perils
    return async (...given) => {
      await turn()
      if (this.#isDead) throw new Died('The dead do nothing.')
      const isDeath = death > 0 && this.#random.chance(death)
      if (!isDeath && (failure === 0 || !this.#random.chance(failure))) return work(...given)
      this.#isDead = isDeath
      const isBefore = this.#random.chance(0.5)
      tell(`${isDeath ? 'dies' : 'fails'} ${isBefore ? 'before' : 'after'}: ${effect}`)
      if (!isBefore) await work(...given)
      throw isDeath ? new Died(`Died at ${effect}.`) : new Failed(`Failed at ${effect}.`)
    }
  }
}
