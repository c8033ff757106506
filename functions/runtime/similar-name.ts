/** Shorter names are too like everything. */
const shortestLength = 7
const mostEdits = 2

/** The one of `names` from which `name` differs by two letters or less; null if there is none. */
export function findSimilarName(name: string, names: readonly string[]): string | null {
  const candidates = names.filter(
    (known) =>
      known.length >= shortestLength &&
      // What is longer by more takes more edits; to count them takes a function milliseconds to start.
      Math.abs(known.length - name.length) <= mostEdits,
  )
  return candidates.find((known) => countEdits(name, known) <= mostEdits) ?? null
}

/** How many letters must be added, dropped or changed to make one text of the other. */
function countEdits(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index)
  for (let line = 0; line < from.length; line += 1) {
    const next = [line + 1]
    for (let column = 0; column < to.length; column += 1) {
      const changed = (row[column] ?? 0) + (from[line] === to[column] ? 0 : 1)
      next.push(Math.min(changed, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1))
    }
    row = next
  }
  return row.at(-1) ?? 0
}
