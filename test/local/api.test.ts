import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { DataFileError } from '../../functions/adapters/local/data-file-error.ts'
import { createApp } from '../../functions/local/app.ts'
import { listen } from '../../functions/page/http-server.ts'
import { workOff } from '../../functions/local/work-off.ts'
import { addFinishedPool, beginsAt, openBox, type Box } from './box.ts'

describe('The API for scripts', () => {
  let box: Box

  beforeEach(async () => {
    box = await openBox()
  })
  afterEach(async () => {
    await box.close()
  })

  const get = async (path: string): Promise<{ status: number; body: unknown }> => {
    const response = await fetch(box.server.url + path)
    expect(response.headers.get('content-type')).toContain('application/json')
    return { status: response.status, body: await response.json() }
  }

  const lookAt = async (...poolIds: readonly string[]): Promise<void> => {
    for (const poolId of poolIds) {
      await box.archiver.queue.request({ version: 1, poolId, cause: 'hint', dueAt: beginsAt })
    }
    await workOff(box.archiver)
  }

  test('is healthy', async () => {
    expect(await get('/healthz')).toEqual({ status: 200, body: { status: 'ok' } })
  })

  test('is not healthy while nothing can be stored', async () => {
    const problem = 'cannot grow because the disk is full'
    const checkHealth = async (): Promise<void> => {
      throw new DataFileError(box.config.dataFile, problem, 'Make room.')
    }
    const server = await listen(createApp({ ...box.archiver, checkHealth }), '127.0.0.1', 0)
    const response = await fetch(`${server.url}/healthz`)
    await server.close()

    expect(response.status).toBe(503)
    expect(await response.json()).toEqual({
      problem: 'The archiver cannot answer right now; its journal says why.',
    })
    expect(box.journal.entries).toMatchObject([
      { code: 'REQUEST_FAILED', fields: { problem: expect.stringContaining(problem) } },
    ])
  })

  test('knows no pools at first', async () => {
    expect(await get('/api/pools')).toEqual({ status: 200, body: { pools: [], next: null } })
  })

  test('shows a pool with its operations and its history', async () => {
    const poolId = addFinishedPool(box.model)
    const earlier = '2026-01-05T10:00:00.000Z'
    await lookAt(poolId)
    const [operation] = box.model.operationsOf(poolId)
    const summary = {
      poolId,
      projectId: expect.stringMatching(/^\d+$/),
      name: 'Street signs',
      state: 'archived',
      reason: 'already-archived',
      dueAt: null,
      operationId: operation?.id,
      updatedAt: earlier,
    }
    const entry = { at: earlier, detail: null, times: 1, lastAt: earlier }
    const soon = expect.stringMatching(/^2026-01-05T10:\d\d:\d\d\.000Z$/)

    expect(await get('/api/pools')).toEqual({ status: 200, body: { pools: [summary], next: null } })
    expect(await get(`/api/pools/${poolId}`)).toEqual({
      status: 200,
      body: {
        ...summary,
        operations: [
          {
            operationId: operation?.id,
            type: 'POOL.ARCHIVE',
            status: 'SUCCESS',
            submittedAt: earlier,
            startedAt: earlier,
            finishedAt: earlier,
            progress: 100,
            details: null,
            looks: 0,
          },
        ],
        history: [
          {
            ...entry,
            state: 'submitting',
            reason: 'eligible',
            detail: expect.stringMatching(/^Closed for COMPLETED .* nothing rejected since /),
            dueAt: soon,
          },
          { ...entry, state: 'archiving', reason: 'operation-running', dueAt: soon },
          {
            ...entry,
            state: 'archived',
            reason: 'already-archived',
            detail: `Archived by operation ${operation?.id}.`,
            dueAt: null,
          },
        ],
      },
    })
  })

  test('goes through many pools page by page', async () => {
    const poolIds = Array.from({ length: 5 }, () => addFinishedPool(box.model))
    await lookAt(...poolIds)
    const seen: string[] = []
    let after: string | null = null
    let pages = 0
    do {
      const response: Response = await fetch(
        `${box.server.url}/api/pools?limit=2${after === null ? '' : `&after=${after}`}`,
      )
      const page: unknown = await response.json()
      seen.push(...poolIdsOf(page))
      after = nextOf(page)
      pages += 1
    } while (after !== null)

    expect(seen).toEqual(poolIds.toSorted())
    expect(pages).toBe(3)
  })

  test('shows the pools of one state', async () => {
    const archived = addFinishedPool(box.model)
    const draft = box.model.createPool()
    await lookAt(archived, draft)

    expect(poolIdsOf((await get('/api/pools?state=held')).body)).toEqual([draft])
    expect(poolIdsOf((await get('/api/pools?state=archived')).body)).toEqual([archived])
    expect(poolIdsOf((await get('/api/pools?state=')).body)).toHaveLength(2)
  })

  test('shows the pools that are due for a reason, in a project, within a time', async () => {
    const archived = addFinishedPool(box.model)
    const rejected = addFinishedPool(box.model)
    box.model.addAssignment(rejected, { status: 'REJECTED', at: beginsAt })
    const draft = box.model.createPool({ project_id: '77' })
    await lookAt(archived, rejected, draft)
    const found = async (query: string) => poolIdsOf((await get(`/api/pools?${query}`)).body)

    expect(await found('reason=appeal-window')).toEqual([rejected])
    expect(await found('project=77')).toEqual([draft])
    expect(await found('due=8d')).toEqual([draft])
    expect(await found('due=10d')).toEqual([draft, rejected])
    expect(await found('due=10d&project=77&state=held&reason=never-started')).toEqual([draft])
    expect(await found('due=0')).toEqual([])
    expect(await found('reason=&project=&due=')).toHaveLength(3)
    const { body } = await get('/api/pools?due=10d&limit=1')
    expect(await found(`due=10d&limit=1&after=${encodeURIComponent(nextOf(body) ?? '')}`)).toEqual([
      rejected,
    ])
  })

  test.each([
    ['reason=because', /^reason is the code of a reason, such as appeal-window/],
    ['reason=toString', /^reason is the code of a reason/],
    ['project=cats', /^project is the id of one, such as 1234\.$/],
    ['due=tomorrow', /^due is a duration from now, such as 30s, 90m, 36h or 2d\.$/],
    ['due=-1d', /^due/],
    ['after=..%2F17', /^after: "\.\.\/17" is no place in this list\. Give the "next"/],
    ['due=7d&after=17', /^after: "17" is no place/],
    ['state=lost', /^state is one of watching, .*attention\.$/],
    ['limit=0', /^limit is a whole number from 1 to 1000\.$/],
    ['limit=1001', /^limit/],
    ['limit=1.5', /^limit/],
    ['limit=many', /^limit/],
  ])('says what is wrong with ?%s', async (query, problem) => {
    const answer = { status: 400, body: { problem: expect.stringMatching(problem) } }
    expect(await get(`/api/pools?${query}`)).toEqual(answer)
  })

  test.each(['/api/pools/17', '/api/pools/..%2F17', '/api/pools/%00', '/api', '/nowhere'])(
    'knows nothing at %s',
    async (path) => {
      expect(await get(path)).toEqual({ status: 404, body: { problem: expect.any(String) } })
    },
  )

  test('says 503 and writes why if a record cannot be read', async () => {
    const poolId = addFinishedPool(box.model)
    await lookAt(poolId)
    const beside = new DatabaseSync(box.config.dataFile)
    beside.exec("update records set body = '{}'")
    beside.close()

    expect(await get('/api/pools')).toEqual({
      status: 503,
      body: { problem: 'The archiver cannot answer right now; its journal says why.' },
    })
    expect(box.journal.entries.at(-1)).toEqual({
      code: 'REQUEST_FAILED',
      fields: { path: '/api/pools', problem: expect.stringContaining(`record of pool ${poolId}`) },
    })
  })
})

function poolIdsOf(page: unknown): readonly string[] {
  const { pools } = object(page)
  return Array.isArray(pools) ? pools.map((pool) => String(object(pool)['poolId'])) : []
}

function nextOf(page: unknown): string | null {
  const { next } = object(page)
  return typeof next === 'string' ? next : null
}

function object(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}
