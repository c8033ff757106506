import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import type * as z from 'zod/mini'
import { awsParameters } from '../../infra/aws-parameters.ts'
import { settingNotes } from '../../functions/runtime/setting.ts'
import { settings } from '../../functions/runtime/settings.ts'

const page = readFileSync(join(__dirname, '../../docs/configuration.md'), 'utf8')
const [onOneMachine = '', onAws = ''] = page.split('\n## On AWS\n')

/** The names in a table and their defaults. */
function rowsOf(text: string): readonly (readonly [string, string | null])[] {
  const rows = text.matchAll(/^\| `([A-Z_]+)` +\| (?:`([^`]+)`|–) +\| /gm)
  return [...rows].map(([, name = '', value]) => [name, value ?? null] as const)
}

function defaultsOf(shape: Readonly<Record<string, z.ZodMiniType>>) {
  return Object.entries(shape).map(
    ([name, schema]) => [name, settingNotes.get(schema)?.default] as const,
  )
}

describe('docs/configuration.md', () => {
  test('names every setting with its default, in the same order', () => {
    expect(rowsOf(onOneMachine)).toEqual(defaultsOf(settings.shape))
  })

  test('names every parameter that only AWS has, with its default', () => {
    const { TOLOKA_TOKEN: _, SLACK_WEBHOOK_URL: __, ...only } = awsParameters.shape

    expect(Object.fromEntries(rowsOf(onAws))).toEqual(Object.fromEntries(defaultsOf(only)))
  })
})
