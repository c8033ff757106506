/** How often what happened: a success in which nothing happened would prove nothing. */
export class Census {
  readonly #counts = new Map<string, Map<string, number>>()

  get counts(): ReadonlyMap<string, ReadonlyMap<string, number>> {
    return this.#counts
  }

  count(kind: string, what: string, times = 1): void {
    const ofKind = this.#counts.get(kind) ?? new Map<string, number>()
    ofKind.set(what, (ofKind.get(what) ?? 0) + times)
    this.#counts.set(kind, ofKind)
  }

  /** Adds what was counted elsewhere. */
  add(counts: Census['counts']): void {
    for (const [kind, ofKind] of counts) {
      for (const [what, times] of ofKind) this.count(kind, what, times)
    }
  }

  /** The names and counts of a kind, the most frequent first. */
  of(kind: string): readonly (readonly [what: string, count: number])[] {
    return [...(this.#counts.get(kind) ?? [])].toSorted(([, one], [, other]) => other - one)
  }

  get kinds(): readonly string[] {
    return [...this.#counts.keys()]
  }
}
