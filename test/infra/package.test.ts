import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { beforeAll, expect, test } from '@jest/globals'
import * as z from 'zod/mini'
import { packageStack, tokenArn, type PackagedStack } from './package-stack.ts'
import { resourceOf } from './template.ts'

const functions = ['sweep', 'wake-up', 'webhook']

let first: PackagedStack
let second: PackagedStack

beforeAll(async () => {
  ;[first, second] = await Promise.all([
    packageStack('package-first', 'dev'),
    packageStack('package-second', 'dev'),
  ])
})

test('every function is packaged alone, as one file', () => {
  const packages = functions.map((name) => [name, listZip(readPackage(first, name))])

  expect(packages).toEqual(functions.map((name) => [name, [`dist/${name}.js`]]))
})

test('the same sources make the same packages', () => {
  const [once, again] = [first, second].map((stack) =>
    functions.map((name) => createHash('sha256').update(readPackage(stack, name)).digest('hex')),
  )

  expect(again).toEqual(once)
})

test.each([
  ['sweep', 450_000],
  ['wake-up', 450_000],
  ['webhook', 260_000],
])('the bundle of %s has %i bytes at the most: it is read at each cold start', (name, most) => {
  const { size } = statSync(join(first.folder, `dist/${name}.js`))
  expect(size).toBeLessThanOrEqual(most)
})

test('no function looks for credentials anywhere but in its environment', () => {
  const metafile = readFileSync(join(first.folder, 'build/metafile.json'), 'utf8')
  expect(metafile).toContain('node_modules/@aws-sdk/credential-provider-env/')
  expect(metafile).not.toContain('node_modules/@aws-sdk/credential-provider-node/')
  expect(metafile).not.toContain('node_modules/@aws-sdk/nested-clients/')
})

test('no function looks for settings of the AWS SDK in files', () => {
  for (const name of functions) {
    const bundle = readFileSync(join(first.folder, `dist/${name}.js`), 'utf8')
    expect(bundle).toContain('AWS_ENDPOINT_URL')
    expect(bundle).not.toContain('AWS_CONFIG_FILE')
  }
})

test('no function loads what an ES module would load along with node:http', () => {
  for (const name of functions) {
    const bundle = readFileSync(join(first.folder, `dist/${name}.js`), 'utf8')
    expect(bundle).toContain('require("node:http")')
    expect(bundle).not.toContain('import(')
  }
})

test('source maps are kept, beside the packages', () => {
  const maps = readdirSync(join(first.folder, 'build/source-maps')).toSorted()
  const bundles = functions.map((name) =>
    readFileSync(join(first.folder, `dist/${name}.js`), 'utf8'),
  )

  expect(maps).toEqual(functions.map((name) => `${name}.js.map`))
  for (const bundle of bundles) expect(bundle).not.toContain('sourceMappingURL')
})

test.each([
  ['sweep', 'SweepLambdaFunction'],
  ['wake-up', 'WakeDashupLambdaFunction'],
  ['webhook', 'WebhookLambdaFunction'],
])('the bundle of %s can be loaded by itself', async (name, id) => {
  const bundle = join(first.folder, `dist/${name}.js`)
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      '--input-type=module',
      '--eval',
      `const { handler } = await import(${JSON.stringify(bundle)}); console.log(typeof handler)`,
    ],
    { env: environmentOf(first, id), cwd: first.folder },
  )

  expect(stdout.trim()).toBe('function')
})

test('handlers are thin', () => {
  const folder = resolve('functions/handlers')
  const lengths = readdirSync(folder).map(
    (name) => readFileSync(join(folder, name), 'utf8').trimEnd().split('\n').length,
  )

  expect(lengths.length).toBeGreaterThanOrEqual(functions.length)
  expect(Math.max(...lengths)).toBeLessThan(40)
})

/** What a function is told, with something of the right shape where AWS would put a name. */
function environmentOf({ template }: PackagedStack, id: string): Record<string, string> {
  const { Variables } = environmentSchema.parse(resourceOf(template, id).Properties).Environment
  const told = Object.entries(Variables).map(([name, value]) => {
    if (typeof value === 'string') return [name, value]
    if (name.endsWith('_URL')) return [name, 'https://sqs.eu-central-1.amazonaws.com/1/queue']
    if (name.endsWith('ROLE_ARN')) return [name, 'arn:aws:iam::123456789012:role/scheduler']
    if (name.endsWith('_ARN')) return [name, 'arn:aws:sqs:eu-central-1:123456789012:q']
    return [name, name === 'TOLOKA_WEBHOOK_SECRET' ? tokenArn : 'name']
  })
  return { ...Object.fromEntries(told), AWS_REGION: 'eu-central-1' }
}

const environmentSchema = z.object({
  Environment: z.object({ Variables: z.record(z.string(), z.unknown()) }),
})

function readPackage({ folder }: PackagedStack, name: string): Buffer {
  return readFileSync(join(folder, `.serverless/${name}.zip`))
}

/** The names in the directory at the end of a zip file. */
function listZip(zip: Buffer): string[] {
  const end = zip.lastIndexOf('PK\u0005\u0006', undefined, 'latin1')
  const names: string[] = []
  for (let at = zip.readUInt32LE(end + 16); at < end;) {
    const [name, extra, comment] = [28, 30, 32].map((field) => zip.readUInt16LE(at + field))
    names.push(zip.toString('utf8', at + 46, at + 46 + (name ?? 0)))
    at += 46 + (name ?? 0) + (extra ?? 0) + (comment ?? 0)
  }
  return names
}
