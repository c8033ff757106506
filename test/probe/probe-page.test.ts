import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { defaultPersonality } from '../fake-toloka/personality.ts'
import { catalogue } from './catalogue.ts'
import { usage } from './invocation.ts'
import { observedQuestions } from './observations.ts'
import type { Question } from './probe.ts'

const page = readFileSync('docs/probe.md', 'utf8')
const questions = [...catalogue.flatMap((probe) => probe.questions), ...observedQuestions]

/** The cells of the rows of every table of the page. */
const rows = page
  .split('\n')
  .filter((line) => line.startsWith('| '))
  .map((line) => line.split('|').map((cell) => cell.trim()))

describe('docs/probe.md', () => {
  test.each(catalogue)('says what $name does', ({ name, does }) => {
    expect(rows.filter((row) => row[1] === `\`${name}\``).map((row) => row[2])).toEqual([does])
  })

  test.each(questions)('asks: $text', ({ number, text, why }: Question) => {
    const found = rows.filter((row) => row[2] === text)
    expect(found.map((row) => [row[1], row[3]])).toEqual([[number, why]])
  })

  test.each([...usage.matchAll(/--[a-z-]+/g)].map(([option]) => option))('knows %s', (option) => {
    expect(page).toContain(option)
  })

  test('says which switch nobody can see', () => {
    const asked = new Set<string>(questions.flatMap(({ switches }) => switches))
    const never = Object.keys(defaultPersonality).filter((name) => !asked.has(name))
    expect(never).toEqual(['nineDays'])
    expect(page).toContain('`nineDays`')
  })
})
