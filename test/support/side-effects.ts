import type { Dependencies } from '../../functions/application/dependencies.ts'
import type { Notifier } from '../../functions/application/ports.ts'
import { TolokaError } from '../../functions/application/toloka-error.ts'
import { watchToloka } from './watch-toloka.ts'

/**
 * What goes wrong at one side effect: the process dies before it or after it, or it happens, its
 * caller hears of a failure, and the process lives on.
 */
export type BlowKind = 'dies-before' | 'dies-after' | 'fails-after'

export const blowKinds: readonly BlowKind[] = ['dies-before', 'dies-after', 'fails-after']

export interface Blow {
  /** Of the side effect, from zero. */
  readonly position: number
  readonly kind: BlowKind
}

/** What the archiver does to the world outside, one after the other, and blows at some of it. */
export class SideEffects {
  /** Since the blows were armed. */
  readonly done: string[] = []
  readonly #blows: Blow[] = []
  #isDead = false

  /** Counts from zero again; the blows come in the order of their positions. */
  arm(...blows: readonly Blow[]): void {
    this.done.length = 0
    this.#blows.splice(0, Infinity, ...blows)
  }

  get hasStruck(): boolean {
    return this.#blows.length === 0
  }

  /** True once after the process died: the caller starts it again. */
  restart(): boolean {
    const wasDead = this.#isDead
    this.#isDead = false
    return wasDead
  }

  /** The ports of a workbench, each side effect watched. */
  readonly replace = ({ toloka, store, account, wakeUps, announcer }: Dependencies) => ({
    toloka: watchToloka(toloka, (name, work) => this.#watch(name, work)),
    store: { ...store, put: this.#watch('put', store.put) },
    account: { ...account, write: this.#watch('write account', account.write) },
    wakeUps: { request: this.#watch('request wake-up', wakeUps.request) },
    announcer: { announce: this.#watch('announce', announcer.announce) },
  })

  watchNotifier(notifier: Notifier): Notifier {
    return { ...notifier, notify: this.#watch('notify', notifier.notify) }
  }

  #watch<Arguments extends unknown[], Result>(
    name: string,
    work: (...given: Arguments) => Promise<Result>,
  ): (...given: Arguments) => Promise<Result> {
    return async (...given) => {
      if (this.#isDead) throw new Error('The dead do nothing.')
      const isStruck = this.#blows[0]?.position === this.done.length
      this.done.push(name)
      const kind = isStruck ? this.#blows.shift()?.kind : undefined
      if (kind === undefined) return work(...given)
      if (kind !== 'dies-before') await work(...given)
      if (kind === 'fails-after') throw failureOf(name)
      this.#isDead = true
      throw new Error(`Died at ${name}.`)
    }
  }
}

/** As the port itself would put it: requests to Toloka throw TolokaErrors and nothing else. */
function failureOf(name: string): Error {
  if (!/^(read|list|find|archive)/.test(name)) return new Error(`${name} failed`)
  const noAnswer = {
    status: null,
    code: null,
    readable: false,
    requestId: null,
    retryAfterMs: null,
  }
  return new TolokaError({ ...noAnswer, call: name, message: 'the connection broke' })
}
