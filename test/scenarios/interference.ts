import type { TolokaModel } from '../fake-toloka/model.ts'

const archiveRequest = /\/pools\/(\d+)\/archive$/

/** What happens between the archiver and Toloka at the moment of an archive request. */
export class Interference {
  /** Pools that somebody archives right before our request. */
  readonly archivedFirst = new Set<string>()
  /** Pools whose archive request takes effect, and kills the archiver before the answer. */
  readonly killedBeforeAnswer = new Set<string>()
  /** Hears what happens to a pool's archive request. */
  tell: (poolId: string, what: string) => void = () => {}
  #kill: () => void = () => {}
  readonly #model: TolokaModel

  constructor(model: TolokaModel) {
    this.#model = model
  }

  /** Resolves when the archiver is killed. */
  untilKilled(): Promise<'killed'> {
    return new Promise((resolve) => {
      this.#kill = () => resolve('killed')
    })
  }

  /** The `fetch` of the archiver. */
  readonly fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init)
    const poolId = archiveRequest.exec(new URL(request.url).pathname)?.[1] ?? ''
    if (this.archivedFirst.delete(poolId)) {
      this.tell(poolId, 'somebody else archives it at this very moment')
      this.#model.archiveByHand(poolId)
    }
    const response = await globalThis.fetch(request)
    if (!this.killedBeforeAnswer.delete(poolId)) return response
    this.tell(poolId, 'the archiver is killed before it hears the answer, and starts again')
    this.#kill()
    return new Promise<Response>(() => {}) // Nobody is left to hear the answer.
  }
}
