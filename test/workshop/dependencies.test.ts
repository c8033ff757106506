import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import * as z from 'zod/mini'
import { isMet, readLockedPackages } from '../support/locked-packages.ts'

/** Of what is handed out. Permissive: nobody who uses the archiver has to publish anything. */
const allowed = new Set([
  'MIT',
  'MIT-0',
  'Apache-2.0',
  '0BSD',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
])

/** Of tools, which nobody gets from us. */
const allowedForTools = new Set([
  ...allowed,
  'BlueOak-1.0.0',
  'CC-BY-4.0', // The data of caniuse-lite.
  'Python-2.0', // argparse, as it was ported from Python.
  'PSF-2.0',
])

/**
 * Tools under another license, each for itself. The MPL-2.0 asks for something only of whoever
 * changes the files and hands them on; axe-core is run as it is, in tests.
 */
const exceptions = new Map([['axe-core', 'MPL-2.0']])

/** What runs while packages are installed. Each of them works without, from a prebuilt file. */
const runOnInstall = [
  '@parcel/watcher',
  '@swc/core',
  'classic-level',
  'es5-ext',
  'esbuild',
  'unrs-resolver',
]

const versionsByName = z.record(z.string(), z.string())
const manifest = z
  .object({
    dependencies: versionsByName,
    devDependencies: versionsByName,
    optionalDependencies: versionsByName,
    overrides: versionsByName,
  })
  .parse(JSON.parse(readFileSync('package.json', 'utf8')))

const packages = readLockedPackages()
const page = readFileSync('docs/dependencies.md', 'utf8')

describe('What the archiver depends on', () => {
  test('is asked for in exact versions', () => {
    const versions = Object.values(manifest).flatMap((some) => Object.entries(some))

    expect(versions.length).toBeGreaterThan(30)
    for (const [name, version] of versions) {
      expect([name, version]).toEqual([name, expect.stringMatching(/^\d+\.\d+\.\d+(-[\w.]+)?$/)])
    }
  })

  test('is locked by checksum, wherever it is downloaded from', () => {
    const loose = packages.filter(
      ({ integrity, resolved }) => !integrity.startsWith('sha512-') || resolved !== null,
    )

    expect(packages.length).toBeGreaterThan(500)
    expect(loose).toEqual([])
  })

  test('is few: what is handed out has a license that asks for nothing in return', () => {
    const handedOut = packages.filter(({ isTool }) => !isTool)
    const others = handedOut.filter(({ license }) => !isMet(license, allowed))

    expect(handedOut.length).toBeLessThan(60)
    expect(others).toEqual([])
  })

  test('has tools with licenses that allow to use them', () => {
    const others = packages.filter(({ license }) => !isMet(license, allowedForTools))

    expect(new Map(others.map(({ name, license }) => [name, license]))).toEqual(exceptions)
    expect(others.filter(({ isTool }) => !isTool)).toEqual([])
  })

  test('runs nothing while it is installed, but for some tools', () => {
    const running = packages.filter(({ runsOnInstall }) => runsOnInstall)

    expect(running.map(({ name }) => name)).toEqual(runOnInstall)
    expect(running.filter(({ isTool }) => !isTool)).toEqual([])
  })

  test('stands in docs/dependencies.md, each with its license and what it is for', () => {
    const { overrides: _, ...direct } = manifest
    const names = Object.values(direct).flatMap((some) => Object.keys(some))
    const rows = page.split('\n').filter((line) => line.startsWith('| `'))

    for (const name of names) {
      const license = packages.find((one) => one.name === name)?.license ?? ''
      const row = rows.find((line) => namesIn(line).includes(name)) ?? ''
      const [, , licenses = '', purpose = ''] = row.split('|')
      expect([name, licenses]).toEqual([name, expect.stringContaining(license)])
      expect(purpose.trim()).not.toBe('')
    }
  })
})

/** `lib-dynamodb` beside `@aws-sdk/client-dynamodb` is in the same scope. */
function namesIn(row: string): readonly string[] {
  const [, cell = ''] = row.split('|')
  const names = [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name)
  const scope = /^@[^/]+\//.exec(names[0] ?? '')?.[0] ?? ''
  return names.flatMap((name) => [name, scope + name])
}

describe('A license', () => {
  test.each([
    ['MIT', true],
    ['Apache-2.0 AND MIT', true],
    ['(MIT OR GPL-2.0-only)', true],
    ['MIT AND GPL-2.0-only', false],
    ['GPL-3.0-or-later', false],
    ['SEE LICENSE IN LICENSE.md', false],
    ['UNLICENSED', false],
    ['none', false],
    ['', false],
  ])('%s is fine: %s', (license, expected) => {
    expect(isMet(license, allowed)).toBe(expected)
  })
})
