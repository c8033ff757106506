import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { beforeAll, describe, expect, test } from '@jest/globals'
import * as z from 'zod/mini'
import { createSbom } from '../../infra/sbom.ts'
import { readLockedPackages } from '../support/locked-packages.ts'
import { buildWithSbom } from './package-stack.ts'

const sbomSchema = z.object({
  bomFormat: z.literal('CycloneDX'),
  specVersion: z.string(),
  metadata: z.object({ component: z.object({ name: z.string() }) }),
  components: z.array(
    z.object({
      'bom-ref': z.string(),
      name: z.string(),
      purl: z.string(),
      hashes: z.array(z.object({ alg: z.string(), content: z.string() })),
      licenses: z.array(z.unknown()),
      properties: z.array(z.object({ name: z.string(), value: z.string() })),
    }),
  ),
  dependencies: z.array(z.object({ ref: z.string(), dependsOn: z.array(z.string()) })),
})

let folder: string
let text: string
let sbom: z.infer<typeof sbomSchema>

const readSbom = (where: string): string => readFileSync(join(where, 'dist/sbom.cdx.json'), 'utf8')

beforeAll(async () => {
  folder = await buildWithSbom('sbom-first')
  text = readSbom(folder)
  sbom = sbomSchema.parse(JSON.parse(text))
})

/** By the source maps: the packages of which a line is in a bundle. */
function packagesIn(map: string): ReadonlySet<string> {
  const json: unknown = JSON.parse(readFileSync(join(folder, 'build/source-maps', map), 'utf8'))
  const { sources } = z.object({ sources: z.array(z.string()) }).parse(json)
  const names = sources.map((file) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? '')
  return new Set(names.filter((name) => name !== ''))
}

describe('The list of what is handed out', () => {
  test('names every package in every bundle', () => {
    const maps = readdirSync(join(folder, 'build/source-maps'))

    expect(maps).toHaveLength(3)
    for (const map of maps) {
      const value = basename(map, '.js.map')
      const listed = sbom.components.filter(({ properties }) =>
        properties.some((one) => one.value === value),
      )
      const names = new Set(listed.map(({ name }) => name))
      expect(packagesIn(map).size).toBeGreaterThan(10)
      expect([...packagesIn(map)].filter((name) => !names.has(name))).toEqual([])
    }
  })

  test('shows that nothing of the command line is in a bundle', () => {
    const used = readdirSync(join(folder, 'build/source-maps')).flatMap((map) =>
      Array.from(packagesIn(map)),
    )

    expect(used).toContain('@aws-sdk/client-sqs')
    for (const name of ['@aws-sdk/client-lambda', 'commander', 'cli-table3']) {
      expect(used).not.toContain(name)
    }
  })

  test('names what the archiver runs by on one machine, and nothing else', () => {
    const needed = readLockedPackages().filter(({ isTool }) => !isTool)

    expect(sbom.components.map(({ name }) => name).toSorted()).toEqual(
      needed.map(({ name }) => name).toSorted(),
    )
  })

  test('tells the version, the checksum and the license of each', () => {
    for (const { name, purl, hashes, licenses } of sbom.components) {
      expect(purl).toMatch(/^pkg:npm\/.+@\d+\.\d+\.\d+/)
      expect([name, hashes]).toEqual([name, [expect.objectContaining({ alg: 'SHA-512' })]])
      expect([name, licenses.length]).toEqual([name, 1])
    }
    expect(sbom.metadata.component.name).toBe('toloka-pool-archiver')
  })

  test('points at nothing that it does not name', () => {
    const ids = new Set(sbom.components.map((component) => component['bom-ref']))
    const targets = sbom.dependencies.flatMap(({ dependsOn }) => dependsOn)

    expect(targets.length).toBeGreaterThan(40)
    expect(targets.filter((id) => !ids.has(id))).toEqual([])
  })

  test('is the same for the same packages', async () => {
    expect(readSbom(await buildWithSbom('sbom-second'))).toBe(text)
  })

  test('is not made if a bundle holds what is no dependency', () => {
    const bundled = new Map([['smuggled@1.0.0', ['webhook']]])

    expect(() => createSbom(text, bundled)).toThrow('Bundled, but no dependency: smuggled@1.0.0')
  })
})
