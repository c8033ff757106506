import { isReached, type Figure, type Mark } from './benchmark.ts'

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
    const cells = [
      what,
      short(ours),
      alternative === null ? '–' : short(alternative),
      `${short(value)}${range} ${unit}`,
      mark === null ? '–' : `${describeMark(mark)}: ${isReached(figure) ? 'reached' : 'MISSED'}`,
    ]
    return `| ${cells.join(' | ')} |`
  })
  const head = [
    '| | Ours | Alternative | Result (middle half) | Mark |',
    '| --- | ---: | ---: | ---: | --- |',
  ]
  return [`### ${title}`, '', ...head, ...rows].join('\n')
}

function describeMark({ atLeast, atMost }: Mark): string {
  return atLeast === undefined ? `≤ ${short(atMost ?? 0)}` : `≥ ${short(atLeast)}`
}

function short(number: number): string {
  return number >= 100
    ? Math.round(number).toLocaleString('en')
    : String(Math.round(number * 100) / 100)
}
