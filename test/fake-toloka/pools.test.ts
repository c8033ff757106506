import { describe, expect, test } from '@jest/globals'
import { archive, arrange, dayMs, minuteMs } from './arranging.ts'
import { ask, object } from './asking.ts'

describe('the pool as it is shown', () => {
  test('has dates without a zone, and no dates that are not set', () => {
    const { model, clock } = arrange()
    const draft = model.createPool({ private_comment: '[keep]', metadata: { archiver: ['keep'] } })
    expect(ask(model, 'GET', `/pools/${draft}`).json).toEqual({
      id: draft,
      owner: { id: model.requesterId, myself: true },
      project_id: '1500',
      private_name: `Pool ${draft}`,
      private_comment: '[keep]',
      metadata: { archiver: ['keep'] },
      type: 'REGULAR',
      status: 'CLOSED',
      created: '2026-03-10T08:01:00.000',
      auto_accept_solutions: false,
      auto_accept_period_day: 21,
      assignment_max_duration_seconds: 600,
      auto_close_after_complete_delay_seconds: 0,
      priority: 50,
      reward_per_assignment: 0.05,
      may_contain_adult_content: false,
      defaults: { default_overlap_for_new_tasks: 3, default_overlap_for_new_task_suites: 3 },
    })
    model.openPool(draft)
    clock.pass(minuteMs)
    model.closePool(draft, 'NOT_ENOUGH_BALANCE')
    model.editPool(draft, { private_comment: 'changed' })
    expect(ask(model, 'GET', `/pools/${draft}`).json).toMatchObject({
      last_started: '2026-03-10T08:01:00.000',
      last_stopped: '2026-03-10T08:02:00.000',
      last_close_reason: 'NOT_ENOUGH_BALANCE',
      private_comment: 'changed',
    })
  })

  test('unset dates as null, and a close reason for a draft', () => {
    const { model } = arrange({ unsetDates: 'null', draftCloseReason: 'MANUAL' })
    expect(ask(model, 'GET', `/pools/${model.createPool()}`).json).toMatchObject({
      last_started: null,
      last_stopped: null,
      last_close_reason: 'MANUAL',
    })
  })

  test.each([
    [0, '', '2026-03-10T08:01:00'],
    [2, '', '2026-03-10T08:01:00.98'],
    [3, 'Z', '2026-03-10T08:01:00.987Z'],
    [5, '', '2026-03-10T08:01:00.98700'],
    [6, 'Z', '2026-03-10T08:01:00.987000Z'],
  ] as const)('dates with %s digits and zone "%s"', (dateFractionDigits, dateZone, shown) => {
    const { model, clock } = arrange({ dateFractionDigits, dateZone })
    clock.pass(987)
    expect(ask(model, 'GET', `/pools/${model.createPool()}`).json).toMatchObject({ created: shown })
  })
})

describe('a life of its own', () => {
  test('closed for update, it opens again after 15 minutes', () => {
    const { model, pool, clock } = arrange()
    model.closeForUpdate(pool)
    model.takeDueDeliveries()
    expect(model.nextEventAt()).toBe(clock.at + 15 * minuteMs)
    clock.pass(15 * minuteMs - 1)
    expect(model.statusOf(pool)).toBe('CLOSED')
    clock.pass(1)
    expect(model.statusOf(pool)).toBe('OPEN')
  })

  test('opened and closed by hand meanwhile, it stays closed', () => {
    const { model, pool, clock } = arrange()
    model.closeForUpdate(pool)
    model.openPool(pool)
    model.closePool(pool, 'MANUAL')
    expect(model.nextEventAt()).toBeNull()
    clock.pass(dayMs)
    expect(model.statusOf(pool)).toBe('CLOSED')
  })

  test('it expires at will_expire, with that as its closing time', () => {
    const { model, clock } = arrange()
    const willExpireAt = clock.at + dayMs
    const pool = model.createPool({}, { willExpireAt })
    model.openPool(pool)
    expect(model.nextEventAt()).toBe(willExpireAt)
    clock.pass(2 * dayMs)
    expect(ask(model, 'GET', `/pools/${pool}`).json).toMatchObject({
      status: 'CLOSED',
      last_close_reason: 'EXPIRED',
      last_stopped: '2026-03-11T08:01:00.000',
      will_expire: '2026-03-11T08:01:00.000',
    })
  })

  test('a quality rule reopens it when an answer is rejected', () => {
    const { model } = arrange()
    const action = { type: 'CHANGE_OVERLAP', parameters: { delta: 1, open_pool: true } }
    const pool = model.createPool({ quality_control: { configs: [{ rules: [{ action }] }] } })
    model.openPool(pool)
    const assignment = model.startAssignment(pool)
    model.submit(assignment)
    model.closePool(pool)
    model.reject(assignment)
    expect(model.statusOf(pool)).toBe('OPEN')
  })

  test('it is archived by somebody else', () => {
    const { model, pool, clock } = arrange()
    model.closePool(pool)
    model.archiveByHand(pool, { kind: 'slow', runningMs: minuteMs })
    expect(model.statusOf(pool)).toBe('CLOSED')
    clock.pass(minuteMs)
    expect(archive(model, pool).status).toBe(204)
    expect(model.archivedAt(pool)).toBe(clock.at)
    expect(model.violations).toEqual([])
  })

  test('what Toloka could not do throws', () => {
    const { model, pool } = arrange()
    model.closePool(pool)
    expect(() => model.startAssignment(pool)).toThrow('is not open')
    model.archiveByHand(pool)
    expect(() => model.openPool(pool)).toThrow('is archived')
    expect(() => model.closePool(pool)).toThrow('is archived')
    expect(() => model.openPool('5')).toThrow('There is no pool 5')
    expect(() => model.createPool({}, { id: pool })).toThrow('Not a new pool id')
  })
})

describe('operations of an archive', () => {
  test('slow: pending, running with progress, done', () => {
    const { model, pool, clock } = arrange()
    model.closePool(pool)
    model.scriptArchive(pool, { kind: 'slow', pendingMs: minuteMs, runningMs: 2 * minuteMs })
    const id = String(object(archive(model, pool).json)['id'])
    const look = () => ask(model, 'GET', `/operations/${id}`).json
    expect(look()).toMatchObject({ status: 'PENDING', progress: 0 })
    expect(look()).not.toHaveProperty('started')
    clock.pass(2 * minuteMs)
    expect(look()).toMatchObject({ status: 'RUNNING', progress: 50 })
    expect(look()).not.toHaveProperty('finished')
    expect(model.nextEventAt()).toBe(clock.at + minuteMs)
    clock.pass(minuteMs)
    expect(look()).toMatchObject({ status: 'SUCCESS', finished: '2026-03-10T08:04:00.000' })
    expect(model.statusOf(pool)).toBe('ARCHIVED')
  })

  test('running ones that carry finished', () => {
    const { model, pool } = arrange({ runningCarriesFinished: true })
    model.closePool(pool)
    model.scriptArchive(pool, { kind: 'slow', runningMs: minuteMs })
    expect(archive(model, pool).json).toMatchObject({
      status: 'RUNNING',
      finished: '2026-03-10T08:01:00.000',
    })
  })

  test.each([
    ['error', { code: 'X' }],
    ['empty', {}],
    ['absent', undefined],
  ] as const)('failing, with details: %s', (failDetails, details) => {
    const { model, pool, clock } = arrange({ failDetails })
    model.closePool(pool)
    model.scriptArchive(pool, { kind: 'fail', afterMs: 1000, details: { code: 'X' } })
    expect(archive(model, pool).json).toMatchObject({ status: 'RUNNING' })
    clock.pass(1000)
    expect(model.operationsOf(pool)).toMatchObject([{ status: 'FAIL', details }])
    expect(archive(model, pool).json).toMatchObject({ status: 'SUCCESS' })
  })

  test.each(['PENDING', 'RUNNING'] as const)('stuck in %s until somebody ends it', (state) => {
    const { model, pool, clock } = arrange()
    model.closePool(pool)
    model.scriptArchive(pool, { kind: 'stuck', in: state })
    const id = String(object(archive(model, pool).json)['id'])
    expect(model.nextEventAt()).toBeNull()
    clock.pass(100 * dayMs)
    expect(ask(model, 'GET', `/operations/${id}`).json).toMatchObject({ status: state })
    model.finishOperation(id, 'SUCCESS')
    expect(model.statusOf(pool)).toBe('ARCHIVED')
    expect(() => model.finishOperation(id, 'FAIL')).toThrow('Not live')
  })

  test('success, but the pool is archived later only', () => {
    const { model, pool, clock } = arrange()
    model.closePool(pool)
    model.scriptArchive(pool, { kind: 'success-but-not-archived', forMs: minuteMs })
    expect(archive(model, pool).json).toMatchObject({ status: 'SUCCESS' })
    expect(model.statusOf(pool)).toBe('CLOSED')
    clock.pass(minuteMs)
    expect(model.statusOf(pool)).toBe('ARCHIVED')
  })

  test('a pool that was opened meanwhile makes it fail', () => {
    const { model, pool, clock } = arrange()
    model.closePool(pool)
    model.scriptArchive(pool, { kind: 'slow', runningMs: minuteMs })
    archive(model, pool)
    model.openPool(pool)
    clock.pass(minuteMs)
    expect(model.operationsOf(pool)).toMatchObject([{ status: 'FAIL' }])
    expect(model.statusOf(pool)).toBe('OPEN')
  })
})

describe('opening and closing through the API', () => {
  test('202 with an operation, 204 when nothing changes', () => {
    const { model } = arrange()
    const pool = model.createPool()
    const post = (action: string) => ask(model, 'POST', `/pools/${pool}/${action}`)
    expect(post('close').status).toBe(204)
    expect(post('open')).toMatchObject({ status: 202, json: { type: 'POOL.OPEN' } })
    expect(post('open').status).toBe(204)
    expect(post('close-for-update')).toMatchObject({ status: 202, json: { type: 'POOL.CLOSE' } })
    expect(post('close-for-update').status).toBe(204)
    expect(post('open').status).toBe(202)
    expect(post('close')).toMatchObject({ status: 202, json: { type: 'POOL.CLOSE' } })
    expect(ask(model, 'GET', `/pools/${pool}`).json).toMatchObject({ last_close_reason: 'MANUAL' })
  })

  test('409 for an empty, a locked, an archived pool, and beside an operation', () => {
    const { model, pool } = arrange()
    const open = (id: string) => ask(model, 'POST', `/pools/${id}/open`)
    const empty = model.createPool({}, { isEmpty: true })
    expect(open(empty)).toMatchObject({ status: 409, json: { code: 'EMPTY_POOL' } })
    model.lockPool(empty)
    expect(open(empty)).toMatchObject({ status: 409, json: { code: 'INAPPROPRIATE_STATUS' } })
    model.closePool(pool)
    const { id } = model.archiveByHand(pool, { kind: 'stuck' })
    expect(open(pool)).toMatchObject({ json: { code: 'POOL_LOCKED_BY_ANOTHER_OPERATION' } })
    model.finishOperation(id, 'SUCCESS')
    expect(open(pool)).toMatchObject({ json: { code: 'INAPPROPRIATE_STATUS' } })
  })
})
