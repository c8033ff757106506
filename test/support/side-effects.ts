import type { Dependencies } from '../../functions/application/dependencies.ts'
import { TolokaError } from '../../functions/application/toloka-error.ts'
import { watchToloka } from './watch-toloka.ts'

/**
 * What goes wrong at one side effect: the process dies before it or after it, or it happens, its
 * caller hears of a failure, and the process lives on.
 */
export type Blow = 'dies-before' | 'dies-after' | 'fails-after'

export const blows: readonly Blow[] = ['dies-before', 'dies-after', 'fails-after']

/** What the archiver does to the world outside, one after the other, and a blow at one of them. */
export class SideEffects {
  /** Since the blow was armed. */
  readonly done: string[] = []
  #blow: { readonly position: number; readonly kind: Blow } | null = null
  #isDead = false

  /** Counts from zero again; the blow comes at `position`. */
  arm(position: number, kind: Blow): void {
    this.done.length = 0
    this.#blow = { position, kind }
  }

  get hasStruck(): boolean {
    return this.#blow === null
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

  #watch<Arguments extends unknown[], Result>(
    name: string,
    work: (...given: Arguments) => Promise<Result>,
  ): (...given: Arguments) => Promise<Result> {
    return async (...given) => {
      if (this.#isDead) throw new Error('The dead do nothing.')
      const kind = this.#blow?.position === this.done.length ? this.#blow.kind : null
      this.done.push(name)
      if (kind === null) return work(...given)
      this.#blow = null
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
