import { isReached, type Figure } from './benchmark.ts'

export interface Result {
  readonly name: string
  readonly title: string
  readonly figures: readonly Figure[]
}

/** A table in Markdown for each benchmark, as docs/performance.md has them. */
export function reportAsTable(results: readonly Result[]): string {
  return results.map(describe).join('\n\n')
}

function describe({ title, figures }: Result): string {
  const rows = figures.map((figure) => {
    const { what, unit, ours, alternative, value, spread, mark } = figure
    const range = spread === null ? '' : ` (${short(spread[0])}–${short(spread[1])})`
    const wanted =
      mark.atLeast === undefined ? `≤ ${short(mark.atMost ?? 0)}` : `≥ ${short(mark.atLeast)}`
    const cells = [
      what,
      short(ours),
      alternative === null ? '–' : short(alternative),
      `${short(value)}${range} ${unit}`,
      `${wanted}: ${isReached(figure) ? 'reached' : 'MISSED'}`,
    ]
    return `| ${cells.join(' | ')} |`
  })
  const head = [
    '| | Ours | Alternative | Result (middle half) | Mark |',
    '| --- | ---: | ---: | ---: | --- |',
  ]
  return [`### ${title}`, '', ...head, ...rows].join('\n')
}

function short(number: number): string {
  return number >= 100
    ? Math.round(number).toLocaleString('en')
    : String(Math.round(number * 100) / 100)
}
