import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import * as z from 'zod/mini'

/** Imports that must not be, and the rule that says so. */
const planted: readonly (readonly [rule: string, file: string, imported: string])[] = [
  ['domain-is-pure', 'functions/domain/a.ts', '../application/ports.ts'],
  ['domain-is-pure', 'functions/domain/b.ts', 'node:crypto'],
  ['application-imports', 'functions/application/a.ts', '../adapters/local/store.ts'],
  ['adapters-imports', 'functions/adapters/local/a.ts', '../../runtime/config.ts'],
  ['adapters-know-only-ports', 'functions/adapters/local/b.ts', '../../application/sweep.ts'],
  ['adapters-know-no-other-adapter', 'functions/adapters/local/c.ts', '../toloka/client.ts'],
  ['runtime-imports', 'functions/runtime/a.ts', '../local/app.ts'],
  ['local-imports', 'functions/local/a.ts', '../adapters/local/store.ts'],
  ['cli-imports', 'functions/cli/a.ts', '../local/app.ts'],
  ['page-imports', 'functions/page/a.ts', '../local/app.ts'],
  ['handlers-imports', 'functions/handlers/a.ts', '../adapters/toloka/client.ts'],
  ['product-knows-no-test', 'functions/local/b.ts', '../../test/fake.ts'],
  ['ky-in-one-place', 'functions/adapters/local/d.ts', 'ky'],
  ['aws-in-one-place', 'functions/adapters/local/e.ts', '@aws-sdk/client-sqs'],
  ['aws-in-one-place', 'functions/runtime/b.ts', '@aws-lambda-powertools/logger'],
  ['sqlite-in-one-place', 'functions/adapters/toloka/a.ts', 'node:sqlite'],
  ['checker-knows-no-product', 'test/simulation/checker.ts', '../../functions/domain/a.ts'],
  ['no-unresolved', 'functions/local/c.ts', './nowhere.ts'],
]

const allowed = [
  'functions/application/ports.ts',
  'functions/application/sweep.ts',
  'functions/adapters/local/store.ts',
  'functions/adapters/toloka/client.ts',
  'functions/runtime/config.ts',
  'functions/local/app.ts',
  'test/fake.ts',
  'node_modules/ky/index.js',
  'node_modules/@aws-sdk/client-sqs/index.js',
  'node_modules/@aws-lambda-powertools/logger/index.js',
]

const report = z.object({
  summary: z.object({
    violations: z.array(z.object({ from: z.string(), rule: z.object({ name: z.string() }) })),
  }),
})

const folder = mkdtempSync(join(tmpdir(), 'import-rules-'))
const found = new Set<string>()

beforeAll(() => {
  for (const file of allowed) write(file, 'export const value = 1\n')
  for (const [, file, imported] of planted) write(file, `import type {} from '${imported}'\n`)
  write('functions/local/circle.ts', "import './circle-too.ts'\n")
  write('functions/local/circle-too.ts', "import './circle.ts'\n")
  const depcruise = resolve('node_modules/dependency-cruiser/bin/dependency-cruiser.mjs')
  const rules = resolve('.dependency-cruiser.cjs')
  const { stdout } = spawnSync(
    process.execPath,
    [depcruise, 'functions', 'test/simulation', '--config', rules, '--output-type', 'json'],
    { cwd: folder, encoding: 'utf8' },
  )
  const { violations } = z.parse(report, JSON.parse(stdout)).summary
  for (const { from, rule } of violations) found.add(`${rule.name} ${from}`)
})

afterAll(() => rmSync(folder, { recursive: true }))

function write(file: string, text: string): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true })
  writeFileSync(join(folder, file), text)
}

test.each(planted)('%s: %s may not import %s', (rule, file) => {
  expect(found).toContain(`${rule} ${file}`)
})

test('no-cycles: files may not import each other in a circle', () => {
  expect([...found].some((violation) => violation.startsWith('no-cycles '))).toBe(true)
})
