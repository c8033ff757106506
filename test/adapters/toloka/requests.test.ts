import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import * as z from 'zod/mini'
import { failureOf, startScripted, token } from './scripted-server.ts'

const pool = { id: '17', project_id: '3', status: 'CLOSED' }

describe('every request', () => {
  test('says who asks, for what form, and for whom', async () => {
    const toloka = await startScripted([{ body: pool }])
    await toloka.client.readPool('17')
    const { version } = z
      .object({ version: z.string() })
      .parse(JSON.parse(readFileSync('package.json', 'utf8')))
    expect(toloka.requests[0]?.headers).toMatchObject({
      authorization: `OAuth ${token}`,
      accept: 'application/json',
      'user-agent': `toloka-pool-archiver/${version}`,
    })
  })

  test('a request without a body has no content type', async () => {
    const toloka = await startScripted([{ status: 204 }])
    await toloka.client.archivePool('17')
    expect(toloka.requests[0]?.headers['content-type']).toBeUndefined()
    expect(toloka.requests[0]?.body).toBe('')
  })

  test('takes the pace first, a retried one as well', async () => {
    const turns: number[] = []
    const toloka = await startScripted([{ status: 503 }, { status: 401 }, { body: pool }], {
      token: async ({ fresh }) => (fresh ? 'another-token' : token),
      pace: {
        take: async () => {
          turns.push(toloka.requests.length)
        },
      },
    })
    await toloka.client.readPool('17')
    expect(turns).toEqual([0, 1, 2])
  })

  test('goes through the given fetch', async () => {
    const seen: string[] = []
    const toloka = await startScripted([], {
      fetch: async (input) => {
        seen.push(new Request(input).url)
        return Response.json(pool)
      },
    })
    await toloka.client.readPool('17')
    expect(seen).toEqual([`${toloka.origin}/api/v1/pools/17`])
    expect(toloka.requests).toEqual([])
  })
})

describe('a token that Toloka refuses', () => {
  test('is asked for once more, and the other one is tried', async () => {
    const toloka = await startScripted([{ status: 401 }, { body: pool }], {
      token: async ({ fresh }) => (fresh ? 'the-new-token' : 'the-old-token'),
    })
    await expect(toloka.client.readPool('17')).resolves.toMatchObject({ value: { id: '17' } })
    expect(toloka.requests.map(({ headers }) => headers.authorization)).toEqual([
      'OAuth the-old-token',
      'OAuth the-new-token',
    ])
  })

  test('a request with a body can be sent again', async () => {
    const toloka = await startScripted([{ status: 401 }, { body: {} }], {
      token: async ({ fresh }) => (fresh ? 'the-new-token' : 'the-old-token'),
    })
    const wanted = { poolId: '1', eventType: 'POOL_CLOSED', webhookUrl: 'u', secretKey: 's' }
    await toloka.client.put([wanted])
    expect(toloka.requests[1]?.body).toBe(toloka.requests[0]?.body)
    expect(toloka.requests[1]?.body).toContain('POOL_CLOSED')
  })

  test('if it is the same one, it is not tried again', async () => {
    const toloka = await startScripted([{ status: 401 }])
    await expect(toloka.client.readPool('17')).rejects.toMatchObject({ answerClass: 'operator' })
    expect(toloka.requests).toHaveLength(1)
  })

  test('if the other one is refused too, that is the end', async () => {
    const asked: boolean[] = []
    const toloka = await startScripted([{ status: 401 }, { status: 503 }, { status: 401 }], {
      token: async ({ fresh }) => {
        asked.push(fresh)
        return fresh ? 'the-new-token' : 'the-old-token'
      },
    })
    await expect(toloka.client.readPool('17')).rejects.toMatchObject({ answerClass: 'operator' })
    expect(asked).toEqual([false, true, false])
  })
})

describe('ids in paths', () => {
  test.each(['', '17/archive', '../17', '１７', '-1', '1'.repeat(33)])(
    'a pool id must be digits: %j',
    async (poolId) => {
      const toloka = await startScripted([])
      const { client } = toloka
      await expect(client.readPool(poolId)).rejects.toThrow(TypeError)
      await expect(client.archivePool(poolId)).rejects.toThrow(TypeError)
      await expect(client.findPendingWork(poolId)).rejects.toThrow(TypeError)
      await expect(client.findRejection(poolId, 0)).rejects.toThrow(TypeError)
      await expect(client.findArchiveOperations(poolId, 0)).rejects.toThrow(TypeError)
      expect(toloka.requests).toEqual([])
    },
  )

  test('other ids are encoded', async () => {
    const toloka = await startScripted([{ status: 204 }])
    await toloka.client.remove('a/../b?c')
    expect(toloka.requests[0]?.url).toBe('/api/v1/webhook-subscriptions/a%2F..%2Fb%3Fc')
  })

  test.each(['', '.', '..'])('other ids cannot lead elsewhere: %j', async (id) => {
    const toloka = await startScripted([])
    await expect(toloka.client.readOperation(id)).rejects.toThrow(TypeError)
    expect(toloka.requests).toEqual([])
  })
})

test('the requester is whose token it is, and tells what time Toloka has', async () => {
  const headers = { Date: 'Tue, 24 Nov 2026 10:00:00 GMT' }
  const toloka = await startScripted([{ body: { id: 4_711, balance: 1 }, headers }])
  await expect(toloka.client.readRequester()).resolves.toEqual({
    id: '4711',
    serverTime: Date.UTC(2026, 10, 24, 10),
  })
  expect(toloka.calls()).toEqual(['GET /api/v1/requester'])
})

test.each(['', 'two words', 'a\nb', '\u001b[2Ja', 'a\u009b2J', 'a\u202eb', 'ä'])(
  'an id is one word of plain characters, and not %j',
  async (id) => {
    const toloka = await startScripted([{ body: { id } }])
    const error = await failureOf(toloka.client.readRequester())
    expect(error).toMatchObject({ answerClass: 'unreadable' })
    expect(String(error)).toMatch(/field id: expected an id$/)
  },
)
