import { describe, expect, test } from '@jest/globals'
import { arrange, minuteMs } from './arranging.ts'
import { assignmentId } from './assignments.ts'
import { ask, itemsOf, object } from './asking.ts'
import type { TolokaModel } from './model.ts'

const dayMs = 24 * 60 * minuteMs

const idsOf = (model: TolokaModel, query: string): unknown[] =>
  itemsOf(ask(model, 'GET', `/assignments?${query}`)).map((item) => item['id'])

describe('the list', () => {
  test('needs a pool, a task suite or a task', () => {
    const { model } = arrange()
    expect(ask(model, 'GET', '/assignments?status=ACTIVE')).toMatchObject({
      status: 400,
      json: { payload: { pool_id: { code: 'VALUES_REQUIRED' } } },
    })
    expect(ask(model, 'GET', '/assignments?pool_id=1').status).toBe(404)
  })

  test('filters by status, user, suite, task and dates', () => {
    const { model, pool, clock } = arrange()
    const [active, submitted, accepted, rejected, skipped, expired] = (
      ['ACTIVE', 'SUBMITTED', 'ACCEPTED', 'REJECTED', 'SKIPPED', 'EXPIRED'] as const
    ).map((status, index) => model.addAssignment(pool, { status, at: clock.at + index * 1000 }))
    const of = `pool_id=${pool}`
    const [one] = itemsOf(ask(model, 'GET', `/assignments?${of}&limit=1`))
    const { task_suite_id: suite, user_id: user, tasks } = object(one)
    const task = Array.isArray(tasks) ? object(tasks[0])['id'] : ''
    const cases: readonly (readonly [string, readonly (string | undefined)[]])[] = [
      [`${of}&status=ACTIVE,SUBMITTED`, [active, submitted]],
      [`${of}&status=REJECTED`, [rejected]],
      [`task_suite_id=${String(suite)}`, [active]],
      [`task_id=${String(task)}`, [active]],
      [`${of}&user_id=${String(user)}`, [active]],
      [`${of}&rejected_gte=2026-03-10T08:01:03`, [rejected]],
      [`${of}&rejected_gt=2026-03-10T08:01:03`, []],
      [`${of}&rejected_lt=2026-03-10T08:01:03`, []],
      [`${of}&accepted_gte=2026-03-01`, [accepted]],
      [`${of}&skipped_gte=2026-03-01`, [skipped]],
      [`${of}&expired_gte=2026-03-01`, [expired]],
      [`${of}&submitted_lte=2026-03-10T08:01:01&sort=-id`, [submitted]],
      [`${of}&created_gt=2026-03-10T08:01:03&sort=-created`, [expired, skipped]],
      [`${of}&sort=-submitted&limit=2`, [rejected, accepted]],
      [`${of}&id_gt=${rejected}`, [skipped, expired]],
    ]
    for (const [query, ids] of cases) expect([query, idsOf(model, query)]).toEqual([query, ids])
    for (const wrong of ['status=DONE', 'sort=user_id', 'limit=301', 'rejected_gte=now']) {
      expect(ask(model, 'GET', `/assignments?${of}&${wrong}`).status).toBe(400)
    }
  })

  test.each([
    ['honoured', 'b'],
    ['ignored', 'a'],
    ['ascending', 'c'],
  ] as const)('sort by -rejected is %s', (rejectedSort, first) => {
    const { model, pool, clock } = arrange({ rejectedSort })
    const at = (hours: number): number => clock.at - hours * 3_600_000
    const a = model.addAssignment(pool, { status: 'REJECTED', at: at(2) })
    const b = model.addAssignment(pool, { status: 'REJECTED', at: at(1) })
    const c = model.addAssignment(pool, { status: 'REJECTED', at: at(3) })
    const query = `pool_id=${pool}&status=REJECTED&sort=-rejected&limit=1`
    expect(idsOf(model, query)).toEqual([{ a, b, c }[first]])
  })

  test('carries tasks and answers, so that bytes matter', () => {
    const { model, pool } = arrange()
    model.addManyAssignments(pool, 3)
    const before = model.requests.bytesSent
    const [item] = itemsOf(ask(model, 'GET', `/assignments?pool_id=${pool}&limit=1`))
    expect(item).toMatchObject({
      id: expect.stringMatching(/^[0-9a-f]+--[0-9a-f]{24}$/),
      tasks: { length: 5 },
      solutions: { length: 5 },
      status: 'ACCEPTED',
    })
    expect(model.requests.bytesSent - before).toBeGreaterThan(2000)
    expect(model.requests.byPool.get(pool)).toBe(1)
  })
})

describe('100,000 accepted answers', () => {
  test('are paged and filtered without being made one by one', () => {
    const { model, pool } = arrange()
    model.addManyAssignments(pool, 100_000)
    const last = model.addAssignment(pool, { status: 'REJECTED' })
    const of = `pool_id=${pool}`
    expect(idsOf(model, `${of}&status=REJECTED&limit=1`)).toEqual([last])
    expect(idsOf(model, `${of}&sort=-id&limit=2`)[0]).toBe(last)
    const deep = assignmentId(pool, 99_800)
    const page = ask(model, 'GET', `/assignments?${of}&id_gt=${deep}&limit=300`)
    expect(object(page.json)['has_more']).toBe(false)
    expect(itemsOf(page).map((item) => item['id'])).toEqual([
      ...Array.from({ length: 200 }, (_, index) => assignmentId(pool, 99_801 + index)),
      last,
    ])
    expect(idsOf(model, `${of}&id_lte=${deep}&sort=-created,-id&limit=1`)).toEqual([deep])
    const [item] = itemsOf(page)
    const ofUser = `${of}&user_id=${String(item?.['user_id'])}`
    expect(idsOf(model, `${ofUser}&limit=300`)).toHaveLength(101)
    const answer = ask(model, 'PATCH', `/assignments/${deep}`, { status: 'REJECTED' })
    expect(answer.status).toBe(409)
  })
})

describe('review', () => {
  test('moves that are allowed, and that are not', () => {
    const { model, pool } = arrange()
    const id = model.startAssignment(pool)
    const review = (status: string, comment = 'ok') =>
      ask(model, 'PATCH', `/assignments/${id}`, { status, public_comment: comment })
    expect(review('ACCEPTED').status).toBe(409)
    model.submit(id)
    expect(review('SUBMITTED').status).toBe(400)
    expect(review('REJECTED', 'x'.repeat(2049)).status).toBe(400)
    expect(review('REJECTED', 'blurred').json).toMatchObject({
      status: 'REJECTED',
      public_comment: 'blurred',
      rejected: '2026-03-10T08:01:00.000',
    })
    expect(review('ACCEPTED').json).toMatchObject({ status: 'ACCEPTED' })
    expect(review('REJECTED').status).toBe(409)
    expect(ask(model, 'PATCH', '/assignments/none', { status: 'ACCEPTED' }).status).toBe(404)
    expect(model.requests.byRoute.get('PATCH /assignments/{id}')).toBe(7)
  })

  test('nothing moves in an archived pool', () => {
    const { model, pool, clock } = arrange({ pendingWork: 'allowed' })
    const id = model.startAssignment(pool)
    model.submit(id)
    model.closePool(pool)
    model.archiveByHand(pool)
    expect(ask(model, 'PATCH', `/assignments/${id}`, { status: 'ACCEPTED' }).status).toBe(409)
    expect(() => model.reject(id)).toThrow('cannot go from SUBMITTED to REJECTED')
    clock.pass(30 * dayMs)
    expect(idsOf(model, `pool_id=${pool}&status=SUBMITTED`)).toEqual([id])
  })
})

describe('by themselves', () => {
  test('an ACTIVE one expires when its time is over', () => {
    const { model, pool, clock } = arrange()
    model.editPool(pool, { assignment_max_duration_seconds: 60 })
    const id = model.startAssignment(pool)
    expect(model.nextEventAt()).toBe(clock.at + minuteMs)
    clock.pass(minuteMs - 1)
    expect(idsOf(model, `pool_id=${pool}&status=ACTIVE`)).toEqual([id])
    clock.pass(1)
    expect(idsOf(model, `pool_id=${pool}&status=EXPIRED`)).toEqual([id])
  })

  test.each([
    [false, 'ACCEPTED'],
    [true, 'REJECTED'],
  ] as const)('unreviewed, rejecting %s: %s', (rejectsUnreviewed, end) => {
    const { model, clock } = arrange()
    const pool = model.createPool({ auto_accept_period_day: 2 }, { rejectsUnreviewed })
    model.openPool(pool)
    const id = model.startAssignment(pool)
    model.submit(id)
    clock.pass(2 * dayMs - 1)
    expect(idsOf(model, `pool_id=${pool}&status=SUBMITTED`)).toEqual([id])
    clock.pass(1)
    expect(idsOf(model, `pool_id=${pool}&status=${end}`)).toEqual([id])
  })

  test('without manual review an answer is accepted at once; others are skipped or expire', () => {
    const { model } = arrange()
    const pool = model.createPool({ auto_accept_solutions: true })
    model.openPool(pool)
    const [done, skipped, late] = [1, 2, 3].map(() => model.startAssignment(pool))
    model.submit(done ?? '')
    model.skip(skipped ?? '')
    model.expire(late ?? '')
    expect(idsOf(model, `pool_id=${pool}&status=ACCEPTED`)).toEqual([done])
    expect(idsOf(model, `pool_id=${pool}&status=SKIPPED`)).toEqual([skipped])
    expect(idsOf(model, `pool_id=${pool}&status=EXPIRED`)).toEqual([late])
  })
})
