interface Entry {
  readonly at: number
  readonly order: number
  readonly run: () => void
  readonly isLive: () => boolean
}

/** What will happen by itself, in order of time; among equals the earlier noted one comes first. */
export class Agenda {
  readonly #heap: Entry[] = []
  #order = 0

  /**
   * @param at ms since the epoch
   * @param isLive false once something else made the entry pointless; then it is skipped
   */
  add(at: number, run: () => void, isLive: () => boolean = () => true): void {
    this.#heap.push({ at, order: this.#order++, run, isLive })
    this.#rise(this.#heap.length - 1)
  }

  /** When the next live entry is due, in ms since the epoch, or null. */
  nextAt(): number | null {
    for (let top = this.#heap[0]; top !== undefined; top = this.#heap[0]) {
      if (top.isLive()) return top.at
      this.#removeTop()
    }
    return null
  }

  /** Removes and returns the next live entry due at or before `now`, or null. */
  takeDue(now: number): Pick<Entry, 'at' | 'run'> | null {
    const at = this.nextAt()
    if (at === null || at > now) return null
    return this.#removeTop()
  }

  #removeTop(): Entry | null {
    const top = this.#heap[0]
    const last = this.#heap.pop()
    if (top === undefined || last === undefined) return null
    if (this.#heap.length > 0) {
      this.#heap[0] = last
      this.#sink(0)
    }
    return top
  }

  #rise(from: number): void {
    for (let index = from; index > 0;) {
      const parent = (index - 1) >> 1
      if (!this.#swapIfBefore(index, parent)) return
      index = parent
    }
  }

  #sink(from: number): void {
    for (let index = from; ;) {
      const left = 2 * index + 1
      const child = this.#isBefore(left + 1, left) ? left + 1 : left
      if (!this.#swapIfBefore(child, index)) return
      index = child
    }
  }

  #isBefore(one: number, other: number): boolean {
    const a = this.#heap[one]
    const b = this.#heap[other]
    if (a === undefined || b === undefined) return false
    return a.at < b.at || (a.at === b.at && a.order < b.order)
  }

  #swapIfBefore(one: number, other: number): boolean {
    const a = this.#heap[one]
    const b = this.#heap[other]
    if (a === undefined || b === undefined || !this.#isBefore(one, other)) return false
    this.#heap[one] = b
    this.#heap[other] = a
    return true
  }
}
