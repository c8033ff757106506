import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { makeTemporaryFolder } from '../support/temporary-folder.ts'
import { HandClock, object } from './asking.ts'
import { controlRoutes } from './controls.ts'
import { TolokaModel } from './model.ts'
import { tellStories } from './stories.ts'

const program = spawn(process.execPath, [resolve('test/fake-toloka/main.ts'), '--port', '0'])
const lines: string[] = []
let url = ''
let token = ''

beforeAll(async () => {
  for await (const line of createInterface(program.stdout)) {
    lines.push(line)
    url = /^Fake Toloka at (\S+)/.exec(line)?.[1] ?? url
    token = /^TOLOKA_TOKEN=(\S+)/.exec(line)?.[1] ?? token
    if (line === 'Requests:') return
  }
})

afterAll(() => {
  program.kill('SIGKILL')
})

function address(line: unknown): string {
  return /http:\S+/.exec(String(line))?.[0] ?? ''
}

async function get(path: string): Promise<unknown> {
  const response = await fetch(url + path, { headers: { Authorization: `ApiKey ${token}` } })
  return response.json()
}

test('it says how to use it, serves the API and the controls, and ends at once', async () => {
  expect(lines.join('\n')).toContain('ARCHIVE_MODE=archive SAFETY_MARGIN=0 npm start')
  expect(object(await get('/api/v1/pools?limit=300'))['items']).toHaveLength(9)
  expect(await get('/fake/violations')).toEqual({ violations: [], races: [] })
  program.kill('SIGTERM')
  const [code]: unknown[] = await once(program, 'exit')
  expect(code).toBe(0)
})

test.each([
  ['{"badToken":403}', null, /^Fake Toloka at/],
  ['{"badToken":500}', 2, /^\S+ holds no personality of the fake/],
  [null, 2, /^\S+ cannot be read/],
])('it takes the personality %s from a file', async (json, exitCode, words) => {
  const folder = makeTemporaryFolder()
  const file = folder.file('personality.json')
  if (json !== null) writeFileSync(file, json)
  const args = ['test/fake-toloka/main.ts', '--port', '0', '--personality', file]
  const other = spawn(process.execPath, args)
  const [first]: unknown[] = await Promise.race([
    once(createInterface(other.stdout), 'line'),
    once(createInterface(other.stderr), 'line'),
  ])
  expect(first).toMatch(words)
  const { status } =
    exitCode === null ? await fetch(`${address(first)}/api/v1/requester`) : { status: 403 }
  expect(status).toBe(403)
  if (exitCode === null) other.kill('SIGTERM')
  const [code]: unknown[] = await once(other, 'exit')
  expect(code).toBe(exitCode ?? 0)
  folder.remove()
})

test('the stories are what they say', () => {
  const clock = new HandClock('2026-03-10T08:00:00Z')
  const model = new TolokaModel({ now: clock.now })
  const stories = tellStories(model, clock.at)
  const soon = stories.find((one) => one.text.includes('two minutes'))?.poolId ?? ''
  expect(model.earliestAllowedAt(soon)).toBe(clock.at + 120_000)
  expect(stories.map((one) => model.statusOf(one.poolId))).toContain('OPEN')
})

test('a person at the controls can create, open and close pools', async () => {
  const clock = new HandClock('2026-03-10T08:00:00Z')
  const model = new TolokaModel({ now: clock.now })
  const controls = controlRoutes(model)
  const post = async (path: string, body?: object): Promise<unknown> => {
    const text = body === undefined ? null : JSON.stringify(body)
    const response = await controls.request(path, { method: 'POST', body: text })
    return { http: response.status, ...object(await response.json()) }
  }
  const created = await post('/pools', { id: '77', private_comment: '[keep]' })
  expect(created).toMatchObject({ http: 201, poolId: '77', status: 'CLOSED' })
  expect(await post('/pools/77/open')).toMatchObject({ http: 200, status: 'OPEN' })
  expect(await post('/pools/77/close', { reason: 'EXPIRED' })).toMatchObject({ status: 'CLOSED' })
  expect(await post('/pools/78/open')).toMatchObject({ http: 400 })
  expect(await post('/pools', { colour: 'red' })).toMatchObject({ http: 400 })
  const list = await controls.request('/pools')
  expect(await list.json()).toMatchObject({ pools: [{ poolId: '77', archivedAt: null }] })
})
