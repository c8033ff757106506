import Table from 'cli-table3'
import type { Paint } from './terminal.ts'

const linePlaces = [
  'top top-mid top-left top-right bottom bottom-mid bottom-left bottom-right',
  'left left-mid mid mid-mid right right-mid middle',
]
/** Only columns, which other programs can cut: lines would be the loudest part of a table. */
export const noLines = Object.fromEntries(
  linePlaces.flatMap((places) => places.split(' ').map((place) => [place, ''])),
)

/** Rows below their titles, without trailing spaces. */
export function table(
  titles: readonly string[],
  rows: readonly (readonly string[])[],
  paint: Paint,
): string {
  const grid = new Table({
    head: titles.map((title) => paint('bold', title)),
    chars: noLines,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 2 },
  })
  for (const row of rows) grid.push(row.map((cell) => cell.replaceAll('\n', ' ')))
  return grid
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
}
