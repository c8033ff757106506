import { afterEach, describe, expect, test } from '@jest/globals'
import type { PageAccess } from '../../functions/page/page-access.ts'
import { closedEvent, signedDelivery } from '../local/box.ts'
import { openPageBox, type PageBox } from './page-box.ts'
import { tokenIn } from './person.ts'

const guarded = [
  '/',
  '/pools/17',
  '/pools/17/explain',
  '/pools/17/hold',
  '/pools/17/archive-now',
  '/pause',
  '/api/pools',
  '/api/pools/17',
  '/assets/style.css',
]
const password = 'a-password-of-these-tests'

let pages: PageBox
afterEach(() => pages.close())

const basic = (name: string, word: string) => ({
  Authorization: `Basic ${Buffer.from(`${name}:${word}`).toString('base64')}`,
})

async function openDoors(headers: Readonly<Record<string, string>>): Promise<readonly number[]> {
  const answers = await Promise.all(guarded.map((path) => pages.person.get(path, headers)))
  return [...new Set(answers.map(({ status }) => status))].toSorted((one, other) => one - other)
}

describe('A name that is pointed at this machine (DNS rebinding)', () => {
  test.each([
    'evil.example',
    'evil.example:8787',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    'archiver.example.org',
    '192.168.1.7:8787',
    '[::2]',
  ])('opens no page: %s', async (host) => {
    pages = await openPageBox()
    expect(await openDoors({ Host: host })).toEqual([421])
    expect(pages.box.model.requests.total).toBe(0)
  })

  test('changes nothing', async () => {
    pages = await openPageBox()
    const { text } = await pages.person.get('/pause')
    const token = tokenIn(text)
    const host = { Host: 'evil.example', Origin: 'http://evil.example' }
    expect((await pages.person.post('/pause', { token }, host)).status).toBe(421)
    expect((await pages.box.archiver.readStatus()).paused).toBeNull()
  })

  test.each(['localhost', 'LOCALHOST:8787', '127.0.0.1', '[::1]:1'])(
    'is none of ours: %s',
    async (host) => {
      pages = await openPageBox()
      expect((await pages.person.get('/', { Host: host })).status).toBe(200)
    },
  )

  test.each<[string, Partial<PageAccess>, number]>([
    ['archiver.lan:8787', { host: 'archiver.lan' }, 200],
    ['Pools.example.org', { names: ['pools.example.org'] }, 200],
    ['192.168.1.7:8787', { host: '192.168.1.7' }, 200],
    ['192.168.1.7:8787', { host: '0.0.0.0' }, 200],
    ['[fd00::7]', { host: '::' }, 200],
    ['archiver.lan', { host: '0.0.0.0' }, 421],
  ])('may be one that was configured: %s by %j', async (host, access, status) => {
    pages = await openPageBox(access)
    expect((await pages.person.get('/', { Host: host })).status).toBe(status)
  })

  test('brings webhooks and questions after our health, through a tunnel for example', async () => {
    pages = await openPageBox({ password })
    const host = { Host: 'tunnel.example.org' }
    const { method, headers, body } = signedDelivery({ events: [closedEvent('17')] })
    const delivered = await pages.person.send(
      method,
      '/webhooks/toloka',
      { ...headers, ...host },
      body,
    )
    expect(delivered.status).toBe(200)
    expect((await pages.person.get('/healthz', host)).status).toBe(200)
  })
})

describe('Where a password is set', () => {
  test.each([
    ['none', {}],
    ['a wrong one', basic('anna', 'guess')],
    ['a part of it', basic('anna', password.slice(1))],
    ['more than it', basic('anna', `${password}x`)],
    ['it in the place of the name', basic(password, '')],
    ['it in another way', { Authorization: `Bearer ${password}` }],
  ])('nothing can be seen with %s', async (_, headers) => {
    pages = await openPageBox({ password })
    expect(await openDoors(headers)).toEqual([401])
    const answer = await pages.person.get('/', headers)
    expect(answer.headers['www-authenticate']).toBe('Basic realm="Toloka pool archiver"')
    expect(answer.headers['content-security-policy']).toContain("default-src 'none'")
    expect(JSON.stringify(answer)).not.toContain(password)
  })

  test('nothing can be changed without it', async () => {
    pages = await openPageBox({ password })
    const { text } = await pages.person.get('/pause', basic('anna', password))
    const token = tokenIn(text)
    expect((await pages.person.post('/pause', { token })).status).toBe(401)
    expect((await pages.box.archiver.readStatus()).paused).toBeNull()
  })

  test.each([
    ['anna', 'status page (anna)'],
    ['', 'status page'],
    ['a'.repeat(100), `status page (${'a'.repeat(57)}…)`],
    ['an\u202ena', String.raw`status page (an\u202ena)`],
  ])('the records say who did it: %j', async (name, by) => {
    pages = await openPageBox({ password })
    const login = basic(name, password)
    const { text } = await pages.person.get('/pause', login)
    const token = tokenIn(text)
    expect((await pages.person.post('/pause', { token }, login)).status).toBe(303)
    const { paused } = await pages.box.archiver.readStatus()
    expect(paused?.by).toBe(by)
  })
})

test('A name that no password vouches for is not written down', async () => {
  pages = await openPageBox()
  const { text } = await pages.person.get('/pause')
  const token = tokenIn(text)
  await pages.person.post('/pause', { token }, basic('the owner', 'x'))
  expect((await pages.box.archiver.readStatus()).paused?.by).toBe('status page')
})
