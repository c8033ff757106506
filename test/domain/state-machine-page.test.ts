import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { reasons } from '../../functions/domain/reasons.ts'
import { states, transitions, type Origin } from '../../functions/domain/states.ts'

const page = readFileSync(join(__dirname, '../../docs/state-machine.md'), 'utf8')

interface Arrow {
  readonly from: string
  readonly to: string
  readonly name: string | null
}

/** The drawings of a page, each as its lines. */
function readDrawings(markdown: string): string[][] {
  return [...markdown.matchAll(/^```mermaid\n(.*?)^```/gms)].map(([, body = '']) =>
    body
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== ''),
  )
}

const choicePattern = /^state (\w+) <<choice>>$/
const arrowPattern = /^(\[\*\]|[\w-]+) --> (\[\*\]|[\w-]+)(?:: ([\w-]+))?$/

function readArrows(lines: readonly string[]): Arrow[] {
  return lines.flatMap((line) => {
    const [, from, to, name] = arrowPattern.exec(line) ?? []
    return from === undefined || to === undefined ? [] : [{ from, to, name: name ?? null }]
  })
}

/** Each way through a diamond becomes an arrow of its own. */
function withoutChoices(lines: readonly string[]): Arrow[] {
  const choices = new Set(lines.flatMap((line) => choicePattern.exec(line)?.[1] ?? []))
  const arrows = readArrows(lines)
  return arrows
    .filter(({ from }) => !choices.has(from))
    .flatMap((arrow) =>
      choices.has(arrow.to)
        ? arrows
            .filter(({ from }) => from === arrow.to)
            .map(({ to, name }) => ({ from: arrow.from, to, name }))
        : [arrow],
    )
}

function tellMove({ from, to, name }: Arrow): string {
  return `${from} --> ${to}: ${name}`
}

/** The table of transitions, as the page draws it. */
function tellTable(): string[] {
  return Object.entries(transitions).flatMap(([name, { from, to }]) =>
    from.map((origin: Origin) => {
      const stays = origin === 'new' ? 'waiting' : origin
      return tellMove({
        from: origin === 'new' ? '[*]' : origin,
        to: to === 'same' ? stays : to,
        name,
      })
    }),
  )
}

/** The rows of the table below a heading, as the text of their cells. */
function readRows(heading: string): string[][] {
  const [, section = ''] = page.split(`\n## ${heading}\n`)
  const [body = ''] = section.split('\n## ')
  return body
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )
}

describe('The drawings', () => {
  const drawings = readDrawings(page)
  const moves = drawings.flatMap(withoutChoices)

  test('contain nothing that this test does not read', () => {
    const rest = drawings
      .flat()
      .filter((line) => !choicePattern.test(line) && !arrowPattern.test(line))
    expect(rest).toEqual(drawings.map(() => 'stateDiagram-v2'))
  })

  test('show every move of the table once, and no other', () => {
    const drawn = moves.filter(({ to }) => to !== '[*]').map(tellMove)
    expect(drawn.toSorted()).toEqual(tellTable().toSorted())
  })

  test('show one end', () => {
    const ends = moves.filter(({ to }) => to === '[*]')
    expect(ends).toEqual([{ from: 'archived', to: '[*]', name: null }])
  })
})

test('Each state is explained, with what wakes it', () => {
  const rows = readRows('The states')
  expect(rows.map(([state]) => state)).toEqual(states.map((state) => `\`${state}\``))
  for (const [, meaning, wakes] of rows) {
    expect(meaning).toMatch(/^[A-Z].*\.$/)
    expect(wakes).toMatch(/^[A-Z].*\.$/)
  }
})

test('Each reason is listed with its sentence', () => {
  const listed = readRows('The reasons')
  expect(listed).toEqual(Object.entries(reasons).map(([code, text]) => [`\`${code}\``, text]))
})
