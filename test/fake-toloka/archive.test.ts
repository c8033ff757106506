import { describe, expect, test } from '@jest/globals'
import { archive, arrange, dayMs, kinds, minuteMs, rejected } from './arranging.ts'
import { ask } from './asking.ts'

describe('a clean closed pool', () => {
  test('is archived at once, and the second request finds it archived', () => {
    const { model, pool, clock } = arrange()
    model.closePool(pool)
    expect(archive(model, pool)).toMatchObject({
      status: 202,
      json: { type: 'POOL.ARCHIVE', status: 'SUCCESS', parameters: { pool_id: pool } },
    })
    expect(model.archivedAt(pool)).toBe(clock.at)
    expect(ask(model, 'GET', `/pools/${pool}`).json).toMatchObject({ status: 'ARCHIVED' })
    expect(archive(model, pool)).toMatchObject({ status: 204, json: undefined })
    expect(model.violations).toEqual([])
    expect(model.archiveRequestsOf(pool)).toMatchObject([
      { at: clock.at, status: 202, code: null, operationId: model.operationsOf(pool)[0]?.id },
      { at: clock.at, status: 204, code: null, operationId: null },
    ])
  })
})

describe('violations', () => {
  test('a request before newest rejection + 9 x 24 h', () => {
    const { model, pool, clock } = rejected()
    const rejectedAt = clock.at - minuteMs
    expect(model.earliestAllowedAt(pool)).toBe(rejectedAt + 9 * dayMs)
    clock.at = rejectedAt + 9 * dayMs - 1
    expect(archive(model, pool)).toMatchObject({
      status: 409,
      json: { code: 'THERE_IS_REJECTED_ASSIGNMENT' },
    })
    expect(model.violations).toMatchObject([{ kind: 'appeal-window', poolId: pool, at: clock.at }])
    clock.pass(1)
    expect(archive(model, pool).status).toBe(202)
    expect(kinds(model)).toEqual(['appeal-window'])
  })

  test('an exam before its close + 9 x 24 h', () => {
    const { model, clock } = arrange()
    const exam = model.createPool({}, { isExam: true })
    model.openPool(exam)
    model.closePool(exam)
    clock.pass(9 * dayMs - 1)
    expect(archive(model, exam).status).toBe(409)
    clock.pass(1)
    expect(archive(model, exam).status).toBe(202)
    expect(kinds(model)).toEqual(['exam-window'])
  })

  test.each(['INAPPROPRIATE_STATUS', 'POOL_INAPPROPRIATE_STATUS'] as const)(
    'an open pool, refused as %s',
    (wrongStatusCode) => {
      const { model, pool } = arrange({ wrongStatusCode })
      expect(archive(model, pool)).toMatchObject({
        status: 409,
        json: { code: wrongStatusCode, payload: { appropriate_statuses: ['CLOSED'] } },
      })
      expect(kinds(model)).toEqual(['open'])
      expect(model.earliestAllowedAt(pool)).toBeNull()
    },
  )

  test('a locked pool', () => {
    const { model, pool } = arrange()
    model.closePool(pool)
    model.lockPool(pool)
    expect(model.statusOf(pool)).toBe('LOCKED')
    expect(archive(model, pool).status).toBe(409)
    expect(kinds(model)).toEqual(['locked'])
    model.unlockPool(pool)
    expect(archive(model, pool).status).toBe(202)
  })

  test('a draft, although Toloka archives it', () => {
    const { model } = arrange()
    expect(archive(model, model.createPool()).status).toBe(202)
    expect(kinds(model)).toEqual(['draft'])
  })

  test('a pool that is closed for update, although Toloka archives it', () => {
    const { model, pool } = arrange()
    model.closeForUpdate(pool)
    expect(archive(model, pool).status).toBe(202)
    expect(kinds(model)).toEqual(['for-update'])
  })

  test('a training', () => {
    const { model } = arrange()
    const training = model.createPool({ type: 'TRAINING' })
    model.openPool(training)
    model.closePool(training)
    expect(archive(model, training)).toMatchObject({ json: { code: 'POOL_IS_TRAINING' } })
    expect(kinds(model)).toEqual(['training'])
  })

  test('an ACTIVE, then a SUBMITTED assignment', () => {
    const { model, pool } = arrange()
    const assignment = model.startAssignment(pool)
    model.closePool(pool)
    expect(archive(model, pool)).toMatchObject({ json: { code: 'THERE_IS_ACTIVE_ASSIGNMENT' } })
    expect(model.earliestAllowedAt(pool)).toBeNull()
    model.submit(assignment)
    expect(archive(model, pool)).toMatchObject({ json: { code: 'SUBMITTED_ASSIGNMENTS_CONFLICT' } })
    expect(kinds(model)).toEqual(['active', 'submitted'])
  })

  test('a live operation', () => {
    const { model, pool } = arrange()
    model.closePool(pool)
    model.scriptArchive(pool, { kind: 'slow', runningMs: minuteMs })
    archive(model, pool)
    archive(model, pool)
    expect(kinds(model)).toEqual(['live-operation'])
  })

  test('a request that is only witnessed, and one that a script refuses', () => {
    const { model, pool } = rejected()
    const path = `/api/v1/pools/${pool}/archive`
    model.witness({ method: 'POST', path, query: new URLSearchParams(), headers: {} })
    model.scriptArchive(pool, { kind: 'refuse', status: 409, code: 'CONFLICT_STATE' })
    expect(archive(model, pool)).toMatchObject({ json: { code: 'CONFLICT_STATE' } })
    expect(kinds(model)).toEqual(['appeal-window', 'appeal-window'])
    expect(model.archiveRequestsOf(pool).map((one) => one.status)).toEqual([null, 409])
    // The script is used up: this is Toloka's own refusal.
    expect(archive(model, pool)).toMatchObject({ json: { code: 'THERE_IS_REJECTED_ASSIGNMENT' } })
  })
})

describe('races are no violations', () => {
  test('a pool opened right after it was read', () => {
    const { model, pool, clock } = arrange()
    model.closePool(pool)
    ask(model, 'GET', `/pools/${pool}`)
    model.openPool(pool)
    clock.pass(1000)
    expect(archive(model, pool).status).toBe(409)
    expect(model.violations).toEqual([])
    expect(model.races).toMatchObject([{ kind: 'open' }])
  })

  test('but a look of a minute ago is no excuse', () => {
    const { model, pool, clock } = arrange()
    model.closePool(pool)
    ask(model, 'GET', `/pools/${pool}`)
    model.openPool(pool)
    clock.pass(minuteMs + 1)
    archive(model, pool)
    expect(kinds(model)).toEqual(['open'])
  })

  test('an answer rejected after the client asked for rejections', () => {
    const { model, pool } = arrange()
    const assignment = model.startAssignment(pool)
    model.submit(assignment)
    model.closePool(pool)
    ask(model, 'GET', `/assignments?pool_id=${pool}`)
    model.reject(assignment)
    archive(model, pool)
    expect(model.violations).toEqual([])
    expect(model.races).toMatchObject([{ kind: 'appeal-window' }])
  })

  test('but whoever asks for pending work last is not excused', () => {
    const { model, pool } = arrange()
    const assignment = model.startAssignment(pool)
    model.submit(assignment)
    model.closePool(pool)
    ask(model, 'GET', `/assignments?pool_id=${pool}&rejected_gte=2026-03-01`)
    model.reject(assignment)
    ask(model, 'GET', `/assignments?pool_id=${pool}&status=ACTIVE,SUBMITTED`)
    archive(model, pool)
    expect(kinds(model)).toEqual(['appeal-window'])
  })

  test("somebody else's operation that the client was never shown", () => {
    const { model, pool } = arrange()
    model.closePool(pool)
    model.archiveByHand(pool, { kind: 'slow', runningMs: minuteMs })
    archive(model, pool)
    expect(model.races).toMatchObject([{ kind: 'live-operation' }])
    ask(model, 'GET', '/operations')
    archive(model, pool)
    expect(kinds(model)).toEqual(['live-operation'])
  })
})
