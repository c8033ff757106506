/** How often what happened: a success in which nothing happened would prove nothing. */
export class Census {
  readonly #counts = new Map<string, Map<string, number>>()

  count(kind: string, what: string): void {
    const ofKind = this.#counts.get(kind) ?? new Map<string, number>()
    ofKind.set(what, (ofKind.get(what) ?? 0) + 1)
    this.#counts.set(kind, ofKind)
  }

  /** The names and counts of a kind, the most frequent first. */
  of(kind: string): readonly (readonly [what: string, count: number])[] {
    return [...(this.#counts.get(kind) ?? [])].toSorted(([, one], [, other]) => other - one)
  }

  get kinds(): readonly string[] {
    return [...this.#counts.keys()]
  }
}
