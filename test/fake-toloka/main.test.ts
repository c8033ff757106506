import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
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
