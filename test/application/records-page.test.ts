import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { auditRecord } from '../../functions/application/audit-entry.ts'
import { makeFullRecord } from '../contract/records.ts'

const page = readFileSync(join(__dirname, '../../docs/records.md'), 'utf8')

/** The fields in the table below a heading, with what they mean. */
function readFields(heading: string): readonly (readonly string[])[] {
  const [, section = ''] = page.split(`\n## ${heading}\n`)
  const [body = ''] = section.split('\n## ')
  return [...body.matchAll(/^\| `(\w+)` +\| (.*?) +\|$/gm)].map(([, name = '', text = '']) => [
    name,
    text,
  ])
}

const entry = auditRecord(makeFullRecord('17'))

test.each<[heading: string, shown: object | null | undefined]>([
  ['A line of the audit', entry],
  ['An operation', entry.operations[0]],
  ['A hold', entry.hold],
  ['An override', entry.override],
  ['An entry of the history', entry.history[0]],
])('%s: each field is explained, in its place, and no other', (heading, shown) => {
  const fields = readFields(heading)

  expect(fields.map(([name]) => name)).toEqual(Object.keys(shown ?? {}))
  for (const [, meaning] of fields) expect(meaning).toMatch(/^[A-Z`].*\.$/)
})
