import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { workOff } from '../../functions/local/work-off.ts'
import { addFinishedPool, beginsAt } from '../local/box.ts'
import { openPageBox, type PageBox } from './page-box.ts'
import { tokenIn, type Person } from './person.ts'

const hourMs = 3_600_000

describe('On the page a person', () => {
  let pages: PageBox
  let person: Person
  let poolId: string

  beforeEach(async () => {
    pages = await openPageBox()
    person = pages.person
    poolId = addFinishedPool(pages.box.model)
  })
  afterEach(() => pages.close())

  const lookAt = async (): Promise<void> => {
    const { archiver, clock } = pages.box
    await archiver.queue.request({ version: 1, poolId, cause: 'hint', dueAt: clock.at })
    await workOff(archiver)
  }
  const hold = (fields: Readonly<Record<string, string>>) =>
    person.submit(`/pools/${poolId}/hold`, fields)
  const readHold = async () => (await pages.box.archiver.store.get(poolId))?.hold ?? null

  test('holds a pool, also one that was never seen, and then it stays', async () => {
    const { status, location } = await hold({ reason: ' Audit by finance ' })

    expect([status, location]).toEqual([303, `/pools/${poolId}?done=hold`])
    const expected = { by: 'status page', reason: 'Audit by finance', since: beginsAt }
    expect(await readHold()).toEqual({ ...expected, until: 'for-ever' })
    await lookAt()
    expect(pages.box.model.archiveRequestsOf(poolId)).toEqual([])

    const { text } = await person.get(location ?? '')
    expect(text).toContain('The pool is held.')
    expect(text).toContain('Audit by finance')
    expect(text).toContain('Toloka itself archives idle pools after 30 or 90 days')
  })

  test('holds a pool for a while, and sees when that is over', async () => {
    await hold({ reason: 'Audit', until: '2026-01-05T12:30' })
    expect(await readHold()).toMatchObject({ until: beginsAt + 2.5 * hourMs })
    expect((await person.get(`/pools/${poolId}`)).text).toContain('2026-01-05 12:30')

    pages.box.clock.at += 3 * hourMs
    const { text } = await person.get(`/pools/${poolId}`)
    expect(text).toContain('>expired<')
    expect(text).toContain('It keeps nothing any more.')
  })

  test.each([
    ['no reason', { reason: '  ' }, 'Say why'],
    ['a reason without an end', { reason: 'x'.repeat(201) }, 'at most 200 characters'],
    ['an end in the past', { reason: 'Audit', until: '2026-01-05T10:00' }, 'ended already'],
    ['no day', { reason: 'Audit', until: '2026-02-31T10:00' }, 'Write the end like'],
    ['no time', { reason: 'Audit', until: 'tomorrow' }, 'Write the end like'],
  ])('is asked again for a hold with %s', async (_, fields, problem) => {
    const { status, text } = await hold(fields)

    expect(status).toBe(400)
    expect(text).toContain(problem)
    expect(text).toContain(`value="${fields.reason.trim()}"`)
    expect(await readHold()).toBeNull()
  })

  test('releases a pool, and then it is archived', async () => {
    await hold({ reason: 'Audit' })
    const { location } = await person.submit(`/pools/${poolId}/release`)
    expect(location).toBe(`/pools/${poolId}?done=release`)
    expect((await person.get(location ?? '')).text).toContain('The hold is gone.')
    await workOff(pages.box.archiver)

    expect(pages.box.model.statusOf(poolId)).toBe('ARCHIVED')
  })

  test('is told that a pool is archived, or its request on its way', async () => {
    pages.box.model.scriptArchive(poolId, { kind: 'slow', runningMs: hourMs })
    await lookAt()
    const late = await hold({ reason: 'Audit' })
    expect(late.status).toBe(409)
    expect(late.text).toContain(`Too late: the archive request of pool ${poolId} is on its way.`)

    pages.box.clock.at += 2 * hourMs
    await lookAt()
    const tooLate = await hold({ reason: 'Audit' })
    expect(tooLate.status).toBe(409)
    expect(tooLate.text).toContain(`Pool ${poolId} is archived, and that cannot be undone.`)
    expect((await person.get(`/pools/${poolId}`)).text).not.toContain('Hold…')
  })

  test('has a pool archived before our own grace is over, but never before the appeals are', async () => {
    const { model, archiver } = pages.box
    const { location } = await person.submit(`/pools/${poolId}/archive-now`)
    expect(location).toBe(`/pools/${poolId}?done=archive-now`)
    await workOff(archiver)
    expect(model.statusOf(poolId)).toBe('ARCHIVED')

    const appealed = addFinishedPool(model)
    model.addAssignment(appealed, { status: 'REJECTED', at: beginsAt - 60 * hourMs })
    const waits = await person.submit(`/pools/${appealed}/archive-now`)
    await workOff(archiver)
    expect((await person.get(waits.location ?? '')).text).toContain(
      'It is archived as soon as Toloka allows it. A hold takes that back.',
    )
    expect(model.archiveRequestsOf(appealed)).toEqual([])
  })

  test('archives a draft only in spite of its being one', async () => {
    const { model, archiver } = pages.box
    const draft = model.createPool()
    const refused = await person.submit(`/pools/${draft}/archive-now`)
    expect(refused.status).toBe(409)
    expect(refused.text).toContain('The pool is a draft: it was never started.')

    await person.submit(`/pools/${draft}/archive-now`, { despite: 'never-started' })
    await workOff(archiver)
    expect(model.statusOf(draft)).toBe('ARCHIVED')
  })

  test('is told that Toloka could not be asked about a pool', async () => {
    const { status, text } = await person.submit('/pools/99999/archive-now')
    expect(status).toBe(409)
    expect(text).toContain('Toloka could not be asked: GET /pools/99999: 404')
  })

  test('pauses all and resumes it', async () => {
    expect(await person.submit('/pause')).toMatchObject({ status: 303, location: '/' })
    const { text } = await person.get('/')
    expect(text).toContain('Paused by an operator: nothing is archived. status page, since 2026-')
    expect(text).toContain('href="/resume"')
    await lookAt()
    expect(pages.box.model.archiveRequestsOf(poolId)).toEqual([])

    expect(await person.submit('/resume')).toMatchObject({ status: 303, location: '/' })
    expect((await person.get('/')).text).not.toContain('Paused by an operator')
  })

  test('is not told that something was done which was not', async () => {
    await lookAt()
    expect((await person.get(`/pools/${poolId}?done=hold`)).text).not.toContain('The pool is held.')
    await person.get(`/pools/${poolId}?done=<b>`)
  })

  test.each(['hold', 'release'])('finds no %s of what is no pool', async (action) => {
    for (const method of ['GET', 'POST']) {
      expect((await person.send(method, `/pools/17x/${action}`)).status).toBe(404)
    }
  })
})

describe('A form', () => {
  let pages: PageBox

  beforeEach(async () => {
    pages = await openPageBox()
  })
  afterEach(() => pages.close())

  const isPaused = async (): Promise<boolean> =>
    (await pages.box.archiver.readStatus()).paused !== null

  const isRefused = async (fields: Readonly<Record<string, string>>): Promise<boolean> => {
    const { status, text } = await pages.person.post('/pause', fields)
    const isSaid = text.includes('Nothing was changed. Open it again.')
    return status === 403 && isSaid && !(await isPaused())
  }

  const open = async (path: string): Promise<string> => tokenIn((await pages.person.get(path)).text)

  test('without its token is refused', async () => {
    expect(await isRefused({})).toBe(true)
    expect(await isRefused({ token: '' })).toBe(true)
    expect(await isRefused({ token: 'x' })).toBe(true)
    expect(await isRefused({ token: `${beginsAt}.x` })).toBe(true)
    expect(await isRefused({ token: `${await open('/pause')}x` })).toBe(true)
  })

  test('is refused with the token of another form', async () => {
    expect(await isRefused({ token: await open('/resume') })).toBe(true)
    expect(await isRefused({ token: await open('/pools/17/hold') })).toBe(true)
  })

  test('is refused when it has lain open for too long', async () => {
    const token = await open('/pause')
    pages.box.clock.at += 12 * hourMs
    const later = await open('/pause')
    pages.box.clock.at += 1
    expect(await isRefused({ token })).toBe(true)

    await pages.person.post('/pause', { token: later })
    expect(await isPaused()).toBe(true)
  })

  test('of another process is refused', async () => {
    const other = await openPageBox()
    const token = tokenIn((await other.person.get('/pause')).text)
    await other.close()

    expect(await isRefused({ token })).toBe(true)
  })

  test('is refused if it does not come from here', async () => {
    const token = await open('/pause')
    for (const headers of [
      { Origin: 'https://elsewhere.example' },
      { Origin: 'null' },
      { Origin: 'http://127.0.0.1:1' },
      { 'Sec-Fetch-Site': 'cross-site' },
      { 'Sec-Fetch-Site': 'same-site' },
      { 'Sec-Fetch-Site': 'none' },
    ]) {
      expect((await pages.person.post('/pause', { token }, headers)).status).toBe(403)
    }
    expect(await isPaused()).toBe(false)

    const own = { Origin: pages.url, 'Sec-Fetch-Site': 'same-origin' }
    expect((await pages.person.post('/pause', { token }, own)).status).toBe(303)
    expect(await isPaused()).toBe(true)
  })

  test('that is too large, or no form, is refused', async () => {
    const token = await open('/pause')
    expect((await pages.person.post('/pause', { token, x: 'x'.repeat(20_000) })).status).toBe(413)
    const json = { 'Content-Type': 'application/json' }
    const body = JSON.stringify({ token })
    expect((await pages.person.send('POST', '/pause', json, body)).status).toBe(403)
    expect(await isPaused()).toBe(false)
  })
})
