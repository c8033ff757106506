/** Pools that differ in nothing but their ids: one record for all of them. */
export interface PoolBlock<Pool> {
  /** The ids are this and the numbers after it, all of the same length. */
  readonly firstId: string
  readonly count: number
  readonly make: (id: string) => Pool
}

/** What a list looks for. */
export interface PoolSearch<Pool> {
  readonly fits: (pool: Pool) => boolean
  /** No id before this one fits; null if that is not known. */
  readonly from: string | null
  /** How many pools alike are enough. */
  readonly limit: number
}

/**
 * All pools by their ids. Those of a block have a life of their own as soon as somebody gets hold of
 * them; until then they cost no memory.
 */
export class PoolRegister<Pool extends { readonly id: string }> {
  readonly #pools = new Map<string, Pool>()
  readonly #blocks: PoolBlock<Pool>[] = []

  add(pool: Pool): void {
    this.#pools.set(pool.id, pool)
  }

  addBlock(block: PoolBlock<Pool>): void {
    const { firstId, count } = block
    const lastId = idAt(block, count - 1)
    const isTaken =
      this.#pools.keys().some((id) => has(block, id)) ||
      this.#blocks.some((one) => has(one, firstId) || has(block, one.firstId))
    if (count < 1 || lastId.length !== firstId.length || isTaken) {
      throw new Error(`No block of new pools: ${count} from ${firstId} on`)
    }
    this.#blocks.push(block)
  }

  has(id: string): boolean {
    return this.#pools.has(id) || this.#blocks.some((block) => has(block, id))
  }

  get(id: string): Pool | undefined {
    const known = this.#pools.get(id)
    const block = known ? undefined : this.#blocks.find((one) => has(one, id))
    if (block === undefined) return known
    const pool = block.make(id)
    this.add(pool)
    return pool
  }

  /** The ids of all pools: those with a life of their own, then those of blocks. */
  *ids(): Generator<string> {
    yield* this.#pools.keys()
    for (const block of this.#blocks) {
      for (let index = 0; index < block.count; index += 1) {
        const id = idAt(block, index)
        if (!this.#pools.has(id)) yield id
      }
    }
  }

  /** All pools, from now on with lives of their own: memory for each. */
  values(): IteratorObject<Pool> {
    for (const id of this.ids()) this.get(id)
    return this.#pools.values()
  }

  /** Pools to be looked at and not to be changed, in no order: all that fit, but no more than asked. */
  *search(search: PoolSearch<Pool>): Generator<Pool> {
    for (const pool of this.#pools.values()) if (search.fits(pool)) yield pool
    for (const block of this.#blocks) yield* this.#searchBlock(block, search).take(search.limit)
  }

  *#searchBlock(block: PoolBlock<Pool>, { fits, from }: PoolSearch<Pool>): Generator<Pool> {
    const { firstId, count, make } = block
    // Ids of one length are in the same order as numbers and as texts.
    const isInOrder = from?.length === firstId.length
    const start = isInOrder ? Math.max(0, Number(from) - Number(firstId)) : 0
    for (let index = start; index < count; index += 1) {
      const id = idAt(block, index)
      if (this.#pools.has(id)) continue
      const pool = make(id)
      if (fits(pool)) yield pool
    }
  }
}

function idAt({ firstId }: PoolBlock<unknown>, index: number): string {
  return String(Number(firstId) + index)
}

function has({ firstId, count }: PoolBlock<unknown>, id: string): boolean {
  const index = Number(id) - Number(firstId)
  return id.length === firstId.length && index >= 0 && index < count
}
