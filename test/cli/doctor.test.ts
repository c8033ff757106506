import { readFileSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import * as z from 'zod/mini'
import { createArchivalStore } from '../../functions/adapters/local/archival-store.ts'
import { openDataFile } from '../../functions/adapters/local/open-data-file.ts'
import { ConfigError } from '../../functions/runtime/config-error.ts'
import { readConsoleConfig, type ConsoleConfig } from '../../functions/runtime/config.ts'
import { makeRecord } from '../contract/records.ts'
import { webhookSecret } from '../local/box.ts'
import { makeTemporaryFolder } from '../support/temporary-folder.ts'
import { openCommandLine, type CommandLine } from './command-line.ts'

let cli: CommandLine

beforeEach(async () => {
  cli = await openCommandLine({ WEBHOOK_URL: 'https://archiver.example.org/webhooks/toloka' })
})
afterEach(() => cli.close())

/** The archiver, where it listens in these tests. */
const here = (): Partial<ConsoleConfig> => ({
  server: { host: '127.0.0.1', port: Number(new URL(cli.server.url).port) },
})

const resultShape = z.object({
  ok: z.boolean(),
  checks: z.array(
    z.object({
      name: z.string(),
      level: z.string(),
      text: z.string(),
      advice: z.nullable(z.string()),
    }),
  ),
})

async function found(name: string, change: Partial<ConsoleConfig> = {}) {
  const { out } = await cli.runWith({ ...here(), ...change }, 'doctor --json')
  const { checks } = z.parse(resultShape, JSON.parse(out))
  return checks.find((check) => check.name === name)
}

describe('doctor', () => {
  test('finds all well where all is well', async () => {
    await cli.archiver.sweep()
    const { exitCode, out, err } = await cli.runWith(here(), 'doctor')
    expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' })
    expect(out.split('\n').map((line) => line.replace(/\d+ MiB are free/, 'much is free'))).toEqual(
      [
        'ok    configuration  all settings fit; the archiver has these if it was started by them',
        `ok    data file      ${cli.config.dataFile} is whole, 0 MiB; much is free on its disk`,
        `ok    archiver       it runs, and is well at ${cli.server.url}`,
        'ok    webhook        takes deliveries, signed with one secret',
        'ok    queue          nothing is due',
        `ok    token          of requester ${cli.model.requesterId} at ${cli.fake.url}, as the records are`,
        'ok    access         the archiver knows of no refusal',
        'ok    clock          as Toloka has it',
        'ok    mode           archives',
        'ok    sweep          the last one was finished at 2026-01-05T10:00:00.000Z',
        'ok    overdue pools  none',
        'ok    attention      no pool needs a person',
        'ok    dead letters   none',
        'ok    test event     no pool in scope is open, so there is nothing to try',
        '',
        'All is well.',
        '',
      ],
    )
  })

  test('says what to do, with other marks than colours, and ends with 3 if it has to be done', async () => {
    await cli.run('pause')
    const noted = await cli.runWith(here(), 'doctor')
    expect(noted.exitCode).toBe(0)
    expect(noted.out).toMatch(/^note {2}mode .*paused by ada.*\n {6}→ "resume" ends that\.$/m)
    expect(noted.out).toContain('0 things to mend, 3 notes, 11 ok.')

    cli.archiver.close()
    const bad = await cli.runWith(here(), 'doctor')
    expect(bad.exitCode).toBe(3)
    expect(bad.out).toMatch(/^BAD {3}archiver {7}no archiver runs on this data file\n {6}→ Start/m)
  })

  test('looks at everything else if Toloka cannot be asked, and shows no token', async () => {
    cli.fake.faults.next({ times: Infinity }, { kind: 'refusal', status: 401, code: 'NO' })
    const { exitCode, out } = await cli.runWith(here(), 'doctor')
    expect(exitCode).toBe(3)
    expect(out).toMatch(/^BAD {3}token +GET \/requester: 401/m)
    expect(out).toMatch(/^ok {4}dead letters/m)
    expect(out).not.toContain(cli.model.token)
  })

  test('says that there is no token', async () => {
    expect(await found('token', { token: null })).toMatchObject({
      level: 'red',
      advice: expect.stringContaining('TOLOKA_TOKEN'),
    })
  })
})

describe('doctor, of the archiver,', () => {
  test('tells one that runs elsewhere from one that does not run', async () => {
    expect(await found('archiver', { server: { host: '127.0.0.1', port: 9 } })).toMatchObject({
      level: 'red',
      text: 'it runs, but at http://127.0.0.1:9 it does not answer',
    })
    expect(await found('archiver', { server: { host: '127.0.0.1', port: 0 } })).toMatchObject({
      level: 'green',
      text: 'it runs, on a port of its own choice (PORT=0)',
    })
  })

  test('is not deceived by another program on its port', async () => {
    const port = Number(new URL(cli.fake.url).port)
    expect(await found('archiver', { server: { host: '127.0.0.1', port } })).toMatchObject({
      level: 'red',
      text: expect.stringMatching(/^it runs, but at \S+ it answers with 401: /),
    })
  })
})

describe('doctor, of webhooks,', () => {
  test.each<[level: string, change: Partial<ConsoleConfig['webhook']>, text: string]>([
    ['yellow', { secrets: [] }, 'off: TOLOKA_WEBHOOK_SECRET is not set'],
    ['yellow', { publicUrl: null }, 'takes deliveries, but WEBHOOK_URL is not set'],
    [
      'yellow',
      { secrets: [webhookSecret, 'the-one-before'] },
      'takes deliveries, signed with the new secret or the one before',
    ],
  ])('is %s by %j', async (level, change, text) => {
    const webhook = { ...cli.config.webhook, ...change }
    const result = await found('webhook', { webhook })
    expect(result).toMatchObject({ level, text })
    expect(JSON.stringify(result)).not.toContain(webhookSecret)
  })
})

describe('doctor, of the queue,', () => {
  test('notices wake-ups that nobody takes', async () => {
    const { queue, clock } = cli.archiver
    for (const poolId of ['11', '12']) {
      await queue.request({ version: 1, poolId, cause: 'hint', dueAt: clock.now() })
    }
    const text = '2 due, the oldest since 2026-01-05T10:00:00.000Z'
    expect(await found('queue')).toMatchObject({ level: 'green', text })
    cli.clock.at += 5 * 60_000 + 1
    expect(await found('queue')).toMatchObject({ level: 'yellow', text })
  })

  test('notices dead letters', async () => {
    const { queue, clock } = cli.archiver
    await queue.request({ version: 1, poolId: '11', cause: 'hint', dueAt: clock.now() })
    for (const { id } of await queue.takeDue(clock.now(), 1)) await queue.bury(id, 'it broke')
    expect(await found('dead letters')).toMatchObject({ level: 'red' })
  })
})

describe('doctor, before anything can be opened,', () => {
  test('lists every problem of the settings, and no secret', async () => {
    const environment = { ARCHIVE_MODE: 'yes', PORT: '99999', TOLOKA_WEBHOOK_SECRET: 'short' }
    const { exitCode, out } = await cli.runOn(() => readConsoleConfig(environment), 'doctor')
    expect(exitCode).toBe(3)
    expect(out).toMatch(/^BAD {3}configuration {2}The settings do not fit/)
    for (const name of ['ARCHIVE_MODE', 'PORT', 'TOLOKA_WEBHOOK_SECRET']) {
      expect(out).toContain(`\n          ${name} `)
    }
    expect(out).not.toContain('short')
    expect(out).toContain('→ Mend the settings')
  })

  test('says that there is no data file', async () => {
    const dataFile = `${cli.config.dataFile}.not`
    const { exitCode, out } = await cli.runWith({ dataFile }, 'doctor')
    expect(exitCode).toBe(3)
    expect(out).toContain('BAD   data file      Data file')
    expect(out).toContain('does not exist')
  })

  test('does not take a defect of ours for something to mend', async () => {
    const broken = () => {
      throw new TypeError('a defect')
    }
    const { exitCode, out, err } = await cli.runOn(broken, 'doctor')
    expect({ exitCode, out }).toEqual({ exitCode: 1, out: '' })
    expect(err).toContain('TypeError: a defect')
    const other = await cli.runOn(() => {
      throw new ConfigError([])
    }, 'list')
    expect(other.exitCode).toBe(2)
  })
})

test('doctor finds pages of the data file that are spoilt', async () => {
  const folder = makeTemporaryFolder()
  const dataFile = folder.file('spoilt.sqlite')
  const file = openDataFile(dataFile, { exclusive: true })
  const store = createArchivalStore(file)
  for (let pool = 0; pool < 50; pool += 1) {
    await store.put({ ...makeRecord(String(pool)), detail: 'x'.repeat(20_000) }, 0)
  }
  file.close()
  const bytes = readFileSync(dataFile)
  bytes.fill(0, bytes.length / 2, bytes.length / 2 + 8_192)
  writeFileSync(dataFile, bytes)

  const { exitCode, out } = await cli.runWith({ dataFile }, 'doctor')
  folder.remove()
  expect(exitCode).toBe(3)
  expect(out).toMatch(/^BAD {3}data file .* is damaged: /m)
  expect(out).toContain('put a backup in its place')
})
