import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { settingNotes } from '../../functions/runtime/setting.ts'
import { settings } from '../../functions/runtime/settings.ts'

test('docs/configuration.md names every setting with its default, in the same order', () => {
  const page = readFileSync(join(__dirname, '../../docs/configuration.md'), 'utf8')
  const rows = page.matchAll(/^\| `([A-Z_]+)` +\| (?:`([^`]+)`|–) +\| /gm)
  const documented = [...rows].map(([, name, text]) => [name, text ?? null])
  const actual = Object.entries(settings.shape).map(([name, schema]) => [
    name,
    settingNotes.get(schema)?.default,
  ])

  expect(documented).toEqual(actual)
})
