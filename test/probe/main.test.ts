import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { controlRoutes } from '../fake-toloka/controls.ts'
import { TolokaModel } from '../fake-toloka/model.ts'
import { parsePersonality } from '../fake-toloka/parse-personality.ts'
import { defaultPersonality } from '../fake-toloka/personality.ts'
import { startFakeToloka } from '../fake-toloka/server.ts'
import type { FakeToloka } from '../fake-toloka/server.ts'
import { makeTemporaryFolder } from '../support/temporary-folder.ts'

let model: TolokaModel
let fake: FakeToloka

beforeEach(async () => {
  model = new TolokaModel({
    now: () => Date.now(),
    archivingMs: 100,
    personality: { badToken: 403, unsetDates: 'null' },
  })
  fake = await startFakeToloka(model, { controls: controlRoutes(model) })
})

afterEach(() => fake.close())

function start(args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  const child = spawn(process.execPath, [resolve('test/probe/main.ts'), ...args], {
    env: { ...process.env, TOLOKA_URL: fake.url, TOLOKA_TOKEN: model.token, ...environment },
  })
  const output = { out: '', err: '' }
  child.stdout.on('data', (chunk: Buffer) => (output.out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (output.err += chunk.toString()))
  const end = async () => {
    const [code]: unknown[] = await once(child, 'close')
    return { code, ...output }
  }
  return { child, end }
}

describe('The probe kit as a program', () => {
  test('refuses production in one sentence', async () => {
    const { code, out, err } = await start(['--yes'], { TOLOKA_URL: 'https://toloka.dev' }).end()
    expect([code, out]).toEqual([2, ''])
    expect(err).toMatch(/^TOLOKA_URL must be sandbox, .*\n$/)
  })

  test('only says what it would do unless it is told to', async () => {
    const { code, out } = await start([]).end()
    expect(code).toBe(0)
    expect(out).toContain('Nothing was sent now.')
    expect(model.requests.total).toBe(0)
  })

  test('asks, cleans up, and writes a report whose end a fake can be started with', async () => {
    const folder = makeTemporaryFolder()
    const file = folder.file('report.md')
    const only = 'credentials,draft,second-archive,pending-work'
    const args = ['--yes', '--only', only, '--json', '--report', file]
    const { code, out, err } = await start(args).end()
    expect({ code, err }).toMatchObject({ code: 0, err: expect.stringContaining('Cleaning up') })
    expect(JSON.parse(out)).toMatchObject({
      leftOver: [],
      personality: { badToken: 403, unsetDates: 'null', pendingWork: 'refused' },
    })
    const page = readFileSync(file, 'utf8')
    folder.remove()
    const [, json = ''] = /```json\n([^`]*)```/.exec(page) ?? []
    const expected = { ...defaultPersonality, badToken: 403, unsetDates: 'null' }
    expect(parsePersonality(json)).toEqual(expected)
    expect(out + err + page).not.toContain(model.token)
    expect(model.poolIds.map((id) => model.statusOf(id))).toEqual([
      'ARCHIVED',
      'ARCHIVED',
      'ARCHIVED',
    ])
  })

  test('prints the report that it cannot write', async () => {
    const file = '/nowhere/report.md'
    const { code, out, err } = await start(['--yes', '--only', 'draft', '--report', file]).end()
    expect(code).toBe(1)
    expect(out).toContain('# What http://127.0.0.1')
    expect(err).toContain('The report cannot be written to /nowhere/report.md')
  })

  test('says that the port of its webhooks is taken', async () => {
    const { port } = new URL(fake.url)
    const args = ['--yes', '--webhook-url', 'https://example.com/probe', '--webhook-port', port]
    const { code, err } = await start(args).end()
    expect([code, err]).toEqual([
      1,
      expect.stringMatching(/^Webhooks cannot be received on port .*\n$/),
    ])
    expect(model.requests.total).toBe(0)
  })

  test('ends with 1 if the token is not accepted', async () => {
    const { code, err } = await start(['--yes'], { TOLOKA_TOKEN: 'another' }).end()
    expect(code).toBe(1)
    expect(err).toContain('Toloka does not accept the token: it answered 403.')
  })

  test('cleans up after Ctrl-C', async () => {
    const { child, end } = start(['--yes', '--only', 'draft,exam,second-archive'])
    child.stderr.on('data', (chunk: Buffer) => {
      if (chunk.includes('exam:')) child.kill('SIGINT')
    })
    const { code, err } = await end()
    expect(code).toBe(1)
    expect(err).toContain('Interrupted.')
    expect(model.poolIds.map((id) => model.statusOf(id))).not.toContain('OPEN')
    expect(model.statusOf(model.poolIds[0] ?? '')).toBe('ARCHIVED')
  })
})
