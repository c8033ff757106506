import { DatabaseSync } from 'node:sqlite'
import { afterEach, describe, expect, test } from '@jest/globals'
import { createAccountStore } from '../../functions/adapters/local/account-store.ts'
import { openDataFile } from '../../functions/adapters/local/open-data-file.ts'
import { newAccountState } from '../../functions/application/account-state.ts'
import { workOff } from '../../functions/local/work-off.ts'
import { addFinishedPool, beginsAt, openBox, type Box } from './box.ts'

const hourMs = 3_600_000

describe('The pages for people', () => {
  let box: Box

  afterEach(async () => {
    await box.close()
  })

  const get = async (path: string): Promise<{ status: number; text: string }> => {
    const response = await fetch(box.server.url + path)
    expect(response.headers.get('content-type')).toContain('text/html')
    return { status: response.status, text: (await response.text()).replaceAll(/\s+/g, ' ') }
  }

  const lookAt = async (...poolIds: readonly string[]): Promise<void> => {
    for (const poolId of poolIds) {
      await box.archiver.queue.request({ version: 1, poolId, cause: 'hint', dueAt: box.clock.at })
    }
    await workOff(box.archiver)
  }

  test('show that there is nothing yet', async () => {
    box = await openBox()
    expect((await get('/')).text).toContain('No pools here yet.')
  })

  test('let nobody smuggle in markup by the name of a pool', async () => {
    box = await openBox()
    const poolId = addFinishedPool(box.model, `<script>alert("17")</script>`)
    await lookAt(poolId)

    for (const path of ['/', `/pools/${poolId}`, `/pools/${poolId}/explain`]) {
      const { status, text } = await get(path)
      expect(status).toBe(200)
      expect(text).toContain('&lt;script&gt;alert(&quot;17&quot;)&lt;/script&gt;')
      expect(text).not.toContain('<script>')
    }
    expect((await get('/pools/%3Cscript%3E')).text).not.toContain('<script>')
  })

  test('allow a browser nothing but what they bring along', async () => {
    box = await openBox()
    const { headers } = await fetch(`${box.server.url}/`)
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none'; base-uri 'none'; connect-src 'self'; form-action 'self'; " +
        "frame-ancestors 'none'; img-src 'self'; script-src 'self'; style-src 'self'",
    )
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('x-frame-options')).toBe('DENY')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('referrer-policy')).toBe('same-origin')
  })

  test('list the pools of one state, page by page', async () => {
    box = await openBox()
    const archived = addFinishedPool(box.model)
    const drafts = [box.model.createPool(), box.model.createPool()].toSorted()
    await lookAt(archived, ...drafts)

    const all = await get('/')
    expect(all.text).toContain(`href="/pools/${archived}"`)
    expect(all.text).toContain('aria-current="page">all</a>')
    expect(all.text).not.toContain('More pools')

    const held = await get('/?state=held&limit=1')
    expect(held.text).toContain(`href="/pools/${drafts[0]}"`)
    expect(held.text).not.toContain(`href="/pools/${archived}"`)
    expect(held.text).toContain('aria-current="page">held<')
    const next = `/?state=held&amp;limit=1&amp;after=${drafts[0]}`
    expect(held.text).toContain(`href="${next}">More pools</a>`)
    const last = await get(next.replaceAll('&amp;', '&'))
    expect(last.text).toContain(`href="/pools/${drafts[1]}"`)
  })

  test('say what is wrong with a query', async () => {
    box = await openBox()
    const { status, text } = await get('/?state=%3Cscript%3E')
    expect(status).toBe(400)
    expect(text).toContain('state is one of watching,')
  })

  test('tell the story of one pool', async () => {
    box = await openBox()
    const poolId = addFinishedPool(box.model)
    box.model.scriptArchive(poolId, { kind: 'slow', runningMs: hourMs })
    await lookAt(poolId)

    const { text } = await get(`/pools/${poolId}`)
    expect(text).toContain('Toloka is archiving the pool.')
    expect(text).toContain(box.model.operationsOf(poolId)[0]?.id)
    expect(text).toContain('<strong>submitting</strong>: Nothing stands in the way of archiving.')
    expect(text).toContain(`href="/pools/${poolId}/explain"`)
  })

  test('point out a pool that has waited for long', async () => {
    box = await openBox()
    const poolId = addFinishedPool(box.model)
    box.model.scriptArchive(poolId, { kind: 'slow', runningMs: 9 * hourMs })
    await lookAt(poolId)
    box.clock.at += 2 * hourMs
    await lookAt(poolId)

    for (const path of ['/', `/pools/${poolId}`]) {
      expect((await get(path)).text).toContain('archiving !')
    }
  })

  test('show nothing of a pool that is not known, but offer to explain it', async () => {
    box = await openBox()
    const { status, text } = await get('/pools/17')
    expect(status).toBe(404)
    expect(text).toContain('The archiver knows no pool 17.')
    expect(text).toContain('href="/pools/17/explain"')
    expect((await get('/pools/x')).text).not.toContain('/explain')
  })

  test('say loudly that it only watches', async () => {
    box = await openBox({ ARCHIVE_MODE: 'observe' })
    const poolId = addFinishedPool(box.model)
    await lookAt(poolId)

    expect((await get('/')).text).toContain('Observing only: nothing is archived')
    expect((await get(`/pools/${poolId}`)).text).toContain('Would be archived now')
    expect(box.model.archiveRequestsOf(poolId)).toEqual([])
  })

  test('say that an operator has paused', async () => {
    box = await openBox()
    const beside = openDataFile(box.config.dataFile, { exclusive: false })
    const paused = { by: 'anna', since: beginsAt }
    await createAccountStore(beside).write({ ...newAccountState, version: 1, paused }, 0)
    beside.close()
    expect((await get('/')).text).toContain(
      'Paused by an operator: nothing is archived. anna, since 2026-01-05 10:00 UTC.',
    )
  })

  test('say that Toloka does not accept the token', async () => {
    box = await openBox()
    const poolId = addFinishedPool(box.model)
    box.model.changeToken('FakeTolokaApiKey-000002.not.a-secret')
    await lookAt(poolId)

    const { text } = await get('/')
    expect(text).toContain('Toloka has not accepted the token since 2026-01-05T10:00:00.000Z.')
    expect(text).not.toContain(box.config.token)
  })

  test('explain a pool that was never seen, line by line', async () => {
    box = await openBox()
    const poolId = addFinishedPool(box.model)
    box.model.addAssignment(poolId, { status: 'REJECTED', at: beginsAt - 60 * hourMs })

    const { status, text } = await get(`/pools/${poolId}/explain`)
    expect(status).toBe(200)
    expect(text).toContain('The archiver has no record of this pool yet.')
    const outcomes = [...text.matchAll(/<code>([a-z-]+)<\/code>.*?<span class="badge ([a-z-]+)">/g)]
    const byReason = new Map(outcomes.map(([, reason, outcome]) => [reason, outcome]))
    expect(byReason.get('pool-open')).toBe('passed')
    expect(byReason.get('review-pending')).toBe('passed')
    expect(byReason.get('appeal-window')).toBe('stands-in-the-way')
    expect(text).toContain('2026-01-11 23:00') // Nine days and one hour after the rejection.
    expect(await box.archiver.store.get(poolId)).toBeNull()
  })

  test('explain what is not reached, and name the record', async () => {
    box = await openBox()
    const poolId = box.model.createPool()
    await lookAt(poolId)

    const { text } = await get(`/pools/${poolId}/explain`)
    expect(text).toContain('<span class="badge held">held</span>')
    expect(text).toMatch(/<code>never-started<\/code>.*?stands in the way/)
    expect(text).toMatch(/<code>appeal-window<\/code>.*?not reached/)
  })

  test('say in clear words why Toloka could not be read', async () => {
    box = await openBox()
    const { status, text } = await get('/pools/99999/explain')
    expect(status).toBe(502)
    expect(text).toContain('GET /pools/99999: 404')
  })

  test('ask Toloka nothing about what is no pool id', async () => {
    box = await openBox()
    const { status, text } = await get('/pools/17x/explain')
    expect(status).toBe(404)
    expect(text).toContain('The id of a pool is digits.')
    expect(box.model.requests.total).toBe(0)
  })

  test('do not hide a defect behind Toloka', async () => {
    box = await openBox()
    const poolId = addFinishedPool(box.model)
    await lookAt(poolId)
    const beside = new DatabaseSync(box.config.dataFile)
    beside.exec("update records set body = '{}'")
    beside.close()
    expect((await fetch(`${box.server.url}/pools/${poolId}/explain`)).status).toBe(503)
  })
})
