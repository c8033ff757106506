import { describe, expect, test } from '@jest/globals'
import { startScripted } from './scripted-server.ts'

const date = 'Tue, 24 Nov 2026 10:00:00 GMT'
const since = Date.parse('2026-11-15T08:59:59.250Z')

function oneItem(item: object): { body: unknown; headers: Record<string, string> } {
  return { body: { items: [item], has_more: true }, headers: { date } }
}
const none = { body: { items: [], has_more: false }, headers: { date } }

describe('pending work', () => {
  test('is one question for both statuses, and the item says which', async () => {
    const item = { id: 'a--1', pool_id: '17', status: 'SUBMITTED', tasks: [{}] }
    const toloka = await startScripted([oneItem(item)])
    expect(await toloka.client.findPendingWork('17')).toEqual({
      value: { id: 'a--1', poolId: '17', status: 'SUBMITTED', rejectedAt: null },
      serverTime: Date.parse(date),
    })
    expect(toloka.calls()).toEqual([
      'GET /api/v1/assignments?pool_id=17&status=ACTIVE,SUBMITTED&limit=1',
    ])
  })

  test('may be none', async () => {
    const toloka = await startScripted([none])
    const answer = { value: null, serverTime: Date.parse(date) }
    expect(await toloka.client.findPendingWork('17')).toEqual(answer)
  })
})

describe('rejections', () => {
  test('the newest is asked for, whatever its status is now', async () => {
    const rejected = '2026-11-20T07:00:00.0001'
    const item = { id: 'a--2', pool_id: '17', status: 'ACCEPTED', rejected }
    const toloka = await startScripted([oneItem(item)])
    expect(await toloka.client.findRejection('17', since)).toMatchObject({
      value: { status: 'ACCEPTED', rejectedAt: Date.parse('2026-11-20T07:00:00.001Z') },
    })
    expect(toloka.calls()).toEqual([
      'GET /api/v1/assignments?pool_id=17&rejected_gte=2026-11-15T08:59:59.250&sort=-rejected&limit=1',
    ])
    expect(toloka.requests[0]?.url).toContain('rejected_gte=2026-11-15T08%3A59%3A59.250&')
  })

  test('may be none', async () => {
    const toloka = await startScripted([none])
    expect(await toloka.client.findRejection('17', since)).toMatchObject({ value: null })
  })

  test('an item of another pool is passed on for the rule to judge', async () => {
    const item = { id: 'a--2', pool_id: '18', status: 'REJECTED', rejected: '2020-01-01' }
    const toloka = await startScripted([oneItem(item)])
    expect(await toloka.client.findRejection('17', since)).toMatchObject({
      value: { poolId: '18', rejectedAt: Date.parse('2020-01-01T00:00:00Z') },
    })
  })
})

test.each([
  ['no items', {}],
  ['nothing although there is more', { items: [], has_more: true }],
  ['an item without status', { items: [{ id: 'a', pool_id: '17' }], has_more: false }],
  ['an odd date', { items: [{ id: 'a', pool_id: '17', status: 'REJECTED', rejected: 'soon' }] }],
  ['no JSON', '<html>'],
  ['nothing', ''],
])('%s is never "no assignment"', async (_, body) => {
  const toloka = await startScripted([{ body }, { body }])
  const error = { answerClass: 'unreadable', problem: { status: 200 } }
  await expect(toloka.client.findRejection('17', since)).rejects.toMatchObject(error)
  await expect(toloka.client.findPendingWork('17')).rejects.toMatchObject({
    ...error,
    problem: { call: 'GET /assignments?pool_id=17&status=ACTIVE,SUBMITTED' },
  })
})
