import { describe, expect, test } from '@jest/globals'
import type { Pool } from '../../../functions/domain/pool.ts'
import { failureOf, startScripted } from './scripted-server.ts'

const date = 'Tue, 24 Nov 2026 10:00:00 GMT'
const bare = { id: '17', project_id: '3', status: 'CLOSED' }

const bareRead: Pool = {
  id: '17',
  projectId: '3',
  privateName: null,
  privateComment: null,
  metadata: {},
  status: 'CLOSED',
  lastCloseReason: null,
  lastStartedAt: null,
  lastStoppedAt: null,
  training: false,
  assignmentMaxDurationSeconds: null,
  autoAcceptPeriodDays: null,
  decidesAutomatically: false,
}

async function readPool(pool: unknown): Promise<Pool> {
  const toloka = await startScripted([{ body: pool }])
  return (await toloka.client.readPool('17')).value
}

describe('one pool', () => {
  test('is read with all that the rule wants to know', async () => {
    const body = {
      ...bare,
      private_name: 'Cats',
      private_comment: '[keep] for Ann',
      metadata: { archiver: ['keep'], team: 'vision', empty: null },
      last_close_reason: 'COMPLETED',
      last_started: '2026-11-01T08:00:00.1',
      last_stopped: '2026-11-02T09:30:00.123456',
      type: 'REGULAR',
      training: false,
      assignment_max_duration_seconds: 600,
      auto_accept_period_day: 7,
      reward_per_assignment: 0.05,
    }
    const toloka = await startScripted([{ body, headers: { date } }])
    expect(await toloka.client.readPool('17')).toEqual({
      value: {
        ...bareRead,
        privateName: 'Cats',
        privateComment: '[keep] for Ann',
        metadata: { archiver: ['keep'], team: ['vision'], empty: [] },
        lastCloseReason: 'COMPLETED',
        lastStartedAt: Date.parse('2026-11-01T08:00:00.100Z'),
        lastStoppedAt: Date.parse('2026-11-02T09:30:00.124Z'),
        assignmentMaxDurationSeconds: 600,
        autoAcceptPeriodDays: 7,
      },
      serverTime: Date.parse(date),
    })
    expect(toloka.calls()).toEqual(['GET /api/v1/pools/17'])
  })

  test('may leave out whatever is not set', async () => {
    expect(await readPool(bare)).toEqual(bareRead)
  })

  test('may say null for whatever is not set', async () => {
    const nothing = {
      private_name: null,
      private_comment: null,
      metadata: null,
      last_close_reason: null,
      last_started: null,
      last_stopped: null,
      type: null,
      training: null,
      assignment_max_duration_seconds: null,
      auto_accept_period_day: null,
      quality_control: null,
    }
    expect(await readPool({ ...bare, ...nothing })).toEqual(bareRead)
  })

  test('words that are not known yet are passed on', async () => {
    const body = { ...bare, status: 'FROZEN', last_close_reason: 'BORED', type: 'ODD', id: 17 }
    const read = { ...bareRead, status: 'FROZEN', lastCloseReason: 'BORED' }
    expect(await readPool(body)).toEqual(read)
  })

  test('words that are longer than any are cut: they are kept', async () => {
    const word = 'X'.repeat(1_000)
    const kept = `${'X'.repeat(57)}…`
    const pool = await readPool({ ...bare, status: word, last_close_reason: word })
    expect(pool).toEqual({ ...bareRead, status: kept, lastCloseReason: kept })
  })

  test.each([{ type: 'TRAINING' }, { training: true }])('%j is a training', async (fields) => {
    expect(await readPool({ ...bare, ...fields })).toEqual({ ...bareRead, training: true })
  })

  test.each([
    ['REJECT_ALL_ASSIGNMENTS', true],
    ['APPROVE_ALL_ASSIGNMENTS', true],
    ['RESTRICTION_V2', false],
  ])('the action %s decides automatically: %s', async (type, decidesAutomatically) => {
    const configs = [null, {}, { rules: [null, {}, { action: {} }, { action: { type } }] }]
    const read = await readPool({ ...bare, quality_control: { configs } })
    expect(read).toEqual({ ...bareRead, decidesAutomatically })
  })

  test.each([
    ['id', { id: '' }],
    ['id', { id: 'pool-17' }],
    ['id', { id: '18' }],
    ['project_id', { project_id: null }],
    ['status', { status: undefined }],
    ['private_comment', { private_comment: 5 }],
    ['metadata.archiver', { metadata: { archiver: [1] } }],
    ['last_started', { last_started: '2026-11-01T08:00:00+03:00' }],
    ['last_stopped', { last_stopped: 1_700_000_000 }],
    ['training', { training: 'yes' }],
    ['quality_control', { quality_control: [] }],
    ['quality_control.configs', { quality_control: { configs: {} } }],
    ['quality_control.configs.0.rules', { quality_control: { configs: [{ rules: 'no' }] } }],
  ])('a %s that makes no sense is never guessed at: %j', async (field, fields) => {
    const error = await failureOf(readPool({ ...bare, ...fields }))
    expect(error).toMatchObject({
      answerClass: 'unreadable',
      problem: { call: 'GET /pools/17', status: 200, code: null },
    })
    expect(String(error)).toContain(`field ${field}: `)
  })
})

describe('the list of pools of a status', () => {
  test('is read from its beginning', async () => {
    const toloka = await startScripted([{ body: { items: [bare], has_more: false } }])
    const page = { pools: [bareRead], unreadable: [], next: null }
    expect(await toloka.client.listPools('CLOSED', null)).toEqual(page)
    expect(toloka.calls()).toEqual(['GET /api/v1/pools?status=CLOSED&sort=id&limit=300'])
  })

  test('is that of the status asked for', async () => {
    const toloka = await startScripted([{ body: { items: [], has_more: false } }])
    await toloka.client.listPools('OPEN', null)
    expect(toloka.calls()).toEqual(['GET /api/v1/pools?status=OPEN&sort=id&limit=300'])
  })

  test('goes on after the last id as returned, not after the greatest', async () => {
    const items = [bare, { ...bare, id: '100' }, { ...bare, id: '20' }]
    const toloka = await startScripted([{ body: { items, has_more: true } }])
    expect(await toloka.client.listPools('CLOSED', '9')).toMatchObject({ next: '20' })
    const call = 'GET /api/v1/pools?status=CLOSED&sort=id&limit=300&id_gt=9'
    expect(toloka.calls()).toEqual([call])
  })

  test('a pool that makes no sense is named, and hides no other', async () => {
    const items = [{ id: '16', status: 'CLOSED' }, { id: 'x' }, null, bare, { id: '18' }]
    const toloka = await startScripted([{ body: { items, has_more: true } }])
    expect(await toloka.client.listPools('CLOSED', null)).toEqual({
      pools: [bareRead],
      unreadable: [
        { poolId: '16', problem: 'field items.0.project_id: expected an id' },
        { poolId: null, problem: 'field items.1.id: expected the digits of a pool id' },
        { poolId: null, problem: 'field items.2: expected object' },
        { poolId: '18', problem: 'field items.4.project_id: expected an id' },
      ],
      next: '18',
    })
  })

  test.each([
    ['says that there is more and shows nothing', { items: [], has_more: true }],
    ['does not go on', { items: [bare], has_more: true }],
    ['has no readable last id', { items: [{ ...bare, id: null }], has_more: true }],
    ['does not say whether there is more', { items: [bare] }],
    ['has no items', { has_more: false }],
    ['is something else', 'hello'],
  ])('a page that %s is no end of the list', async (_, body) => {
    const toloka = await startScripted([{ body }])
    await expect(toloka.client.listPools('CLOSED', '17')).rejects.toMatchObject({
      answerClass: 'unreadable',
      problem: { call: 'GET /pools?status=CLOSED&id_gt=17', status: 200 },
    })
  })
})
