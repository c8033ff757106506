import { expect, test } from '@jest/globals'
import { viewPool, viewPoolDetail } from '../../functions/application/pool-view.ts'
import { makeFullRecord } from '../contract/records.ts'
import { newRecord } from '../../functions/domain/record.ts'

test('A record with everything, as scripts see it', () => {
  const operation = {
    operationId: 'op-1',
    type: 'POOL.ARCHIVE',
    status: 'FAIL',
    submittedAt: '2026-11-24T10:00:00.000Z',
    startedAt: '2026-11-24T10:00:00.001Z',
    finishedAt: '2026-11-24T10:00:00.002Z',
    progress: 33.5,
    details: '{"code":"X"}',
    looks: 3,
  }
  expect(viewPoolDetail(makeFullRecord('17'))).toEqual({
    poolId: '17',
    projectId: '7',
    name: "Robert'); drop table records;--",
    state: 'held',
    reason: 'held-by-operator',
    dueAt: null,
    operationId: 'op-2',
    updatedAt: '2026-11-24T11:00:00.000Z',
    operations: [operation, { ...operation, operationId: 'op-2', progress: null, details: null }],
    history: [
      {
        at: '2026-11-24T10:00:00.000Z',
        state: 'waiting',
        reason: 'appeal-window',
        detail: 'Toloka said no.',
        dueAt: '2026-12-03T10:00:00.000Z',
        times: 1,
        lastAt: '2026-11-24T10:00:00.000Z',
      },
      {
        at: '2026-11-24T11:00:00.000Z',
        state: 'held',
        reason: 'held-by-operator',
        detail: null,
        dueAt: null,
        times: 1,
        lastAt: '2026-11-24T11:00:00.000Z',
      },
    ],
  })
})

test('A pool of which nothing is known has nulls, not gaps', () => {
  expect(viewPool(newRecord('17', 0))).toEqual({
    poolId: '17',
    projectId: null,
    name: null,
    state: 'waiting',
    reason: 'discovered',
    dueAt: '1970-01-01T00:00:00.000Z',
    operationId: null,
    updatedAt: '1970-01-01T00:00:00.000Z',
  })
})

test('Without an operation to follow, the last one is shown', () => {
  const record = { ...makeFullRecord('17'), following: null }
  expect(viewPool({ ...record, operations: record.operations.slice(0, 1) }).operationId).toBe(
    'op-1',
  )
})
