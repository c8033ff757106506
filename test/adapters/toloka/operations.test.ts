import { describe, expect, test } from '@jest/globals'
import { startScripted } from './scripted-server.ts'

const operation = {
  id: '1b1f',
  type: 'POOL.ARCHIVE',
  status: 'SUCCESS',
  submitted: '2026-11-24T10:00:00',
  started: '2026-11-24T10:00:01',
  finished: '2026-11-24T10:00:02.5',
  progress: 100,
  parameters: { pool_id: '17' },
  details: { reason: 'x'.repeat(600) },
}
const read = {
  id: '1b1f',
  type: 'POOL.ARCHIVE',
  status: 'SUCCESS',
  poolId: '17',
  submittedAt: Date.parse('2026-11-24T10:00:00Z'),
  startedAt: Date.parse('2026-11-24T10:00:01Z'),
  finishedAt: Date.parse('2026-11-24T10:00:02.500Z'),
  progress: 100,
  details: `{"reason":"${'x'.repeat(226)}…`,
}

describe('an archive request', () => {
  test('is accepted with an operation that may have ended already', async () => {
    const toloka = await startScripted([{ status: 202, body: operation }])
    const answer = { kind: 'accepted', operation: read }
    expect(await toloka.client.archivePool('17')).toEqual(answer)
    expect(toloka.calls()).toEqual(['POST /api/v1/pools/17/archive'])
  })

  test('without a body, the pool was archived before', async () => {
    const toloka = await startScripted([{ status: 204 }])
    expect(await toloka.client.archivePool('17')).toEqual({ kind: 'already-archived' })
  })

  test.each([200, 201])('may be answered %i with an operation', async (status) => {
    const pending = { id: '2', type: 'POOL.ARCHIVE', status: 'PENDING' }
    const toloka = await startScripted([{ status, body: pending }])
    const unset = { poolId: null, submittedAt: null, startedAt: null, finishedAt: null }
    expect(await toloka.client.archivePool('17')).toEqual({
      kind: 'accepted',
      operation: { ...pending, ...unset, progress: null, details: null },
    })
  })

  test.each([
    [202, ''],
    [200, '<html>'],
    [205, ''],
    [202, { id: '1', status: 'RUNNING' }],
    [202, { id: '1', status: 'RUNNING', type: 'POOL.OPEN' }],
    [202, { ...operation, parameters: { pool_id: '18' } }],
  ])('an answer %i that makes no sense says nothing about the outcome', async (status, body) => {
    const toloka = await startScripted([{ status, body }])
    await expect(toloka.client.archivePool('17')).rejects.toMatchObject({
      answerClass: 'unreadable',
      problem: { call: 'POST /pools/17/archive', status },
    })
    expect(toloka.requests).toHaveLength(1)
  })
})

test('an operation is read by its id', async () => {
  const toloka = await startScripted([{ body: { ...operation, status: 'HALTED' } }])
  expect(await toloka.client.readOperation('1b1f')).toEqual({ ...read, status: 'HALTED' })
  expect(toloka.calls()).toEqual(['GET /api/v1/operations/1b1f'])
})

test.each([
  ['of another operation', '2c2f'],
  ['whose id would lead to another path', '..'],
  ['whose id is no text that can be sent', '\ud800'],
  ['whose id is longer than any', 'x'.repeat(101)],
])('an answer %s is none about this one', async (_which, id) => {
  const toloka = await startScripted([{ body: { ...operation, id } }])
  await expect(toloka.client.readOperation('1b1f')).rejects.toMatchObject({
    answerClass: 'unreadable',
  })
})

test.each(['..', '\ud800', 'x'.repeat(101)])(
  'an archive request is not accepted with an operation %j, which could not be followed',
  async (id) => {
    const toloka = await startScripted([{ status: 202, body: { ...operation, id } }])
    await expect(toloka.client.archivePool('17')).rejects.toMatchObject({
      answerClass: 'unreadable',
    })
  },
)

test('details that are nested too deeply to be written lose no operation', async () => {
  const details = `${'['.repeat(20_000)}${']'.repeat(20_000)}`
  const body = JSON.stringify({ ...operation, details: 'X' }).replace('"X"', details)
  const toloka = await startScripted([{ status: 202, body }, { body }])
  const kept = { ...read, details: '(nested too deeply to be shown)' }
  expect(await toloka.client.archivePool('17')).toEqual({ kind: 'accepted', operation: kept })
  expect(await toloka.client.readOperation('1b1f')).toEqual(kept)
})

describe('the archive operations of a pool', () => {
  const since = Date.parse('2026-11-24T09:55:00.000Z')

  test('are not looked for in a list that never ends', async () => {
    let pages = 0
    const toloka = await startScripted([], {
      fetch: async () => {
        pages += 1
        return Response.json({ items: [{ ...operation, id: String(pages) }], has_more: true })
      },
    })
    const found = toloka.client.findArchiveOperations('17', since)
    await expect(found).rejects.toThrow('the list has more than 1000 pages')
    expect(pages).toBe(1_001)
  })

  test('are looked for page by page, and come oldest first', async () => {
    const first = [
      { ...operation, id: '1', submitted: '2026-11-24T10:05:00' },
      { ...operation, id: '2', parameters: { pool_id: '18' }, submitted: 'whenever' },
      { ...operation, id: '3', parameters: null },
    ]
    const second = [
      { ...operation, id: '4', submitted: '2026-11-24T10:01:00' },
      { ...operation, id: '5', type: 'POOL.CLOSE' },
      { ...operation, id: '6', submitted: '2026-11-24T09:54:59' },
      { ...operation, id: '7', submitted: null },
    ]
    const toloka = await startScripted([
      { body: { items: first, has_more: true } },
      { body: { items: second, has_more: false } },
    ])
    const found = await toloka.client.findArchiveOperations('17', since)
    expect(found.map(({ id }) => id)).toEqual(['7', '4', '1'])
    const query = 'type=POOL.ARCHIVE&submitted_gte=2026-11-24T09:55:00.000&sort=id&limit=300'
    expect(toloka.calls()).toEqual([
      `GET /api/v1/operations?${query}`,
      `GET /api/v1/operations?${query}&id_gt=3`,
    ])
  })

  test('one of this pool that makes no sense is not passed over', async () => {
    const items = [
      { ...operation, id: '1' },
      { ...operation, submitted: 'whenever' },
    ]
    const toloka = await startScripted([{ body: { items, has_more: false } }])
    const found = toloka.client.findArchiveOperations('17', since)
    await expect(found).rejects.toThrow('GET /operations?type=POOL.ARCHIVE: 200: ')
    await expect(found).rejects.toThrow('field items.1.submitted: expected a date in UTC')
  })

  test('a list that turns in circles ends', async () => {
    const pages = ['1', '2', '1'].map((id) => ({
      body: { items: [{ ...operation, id }], has_more: true },
    }))
    const toloka = await startScripted(pages)
    const found = toloka.client.findArchiveOperations('17', since)
    await expect(found).rejects.toThrow('the list comes back to id 1')
  })
})
