import { expect, test } from '@jest/globals'
import { archive, arrange, kinds, minuteMs, rejected } from './arranging.ts'
import { ask, object } from './asking.ts'

test('an early archive is accepted, then fails', () => {
  const { model, pool, clock } = rejected({ earlyArchive: 'accepted-then-fails' })
  expect(archive(model, pool)).toMatchObject({ status: 202, json: { status: 'RUNNING' } })
  clock.pass(5000)
  expect(model.operationsOf(pool)).toMatchObject([
    { status: 'FAIL', details: { code: 'THERE_IS_REJECTED_ASSIGNMENT' } },
  ])
  expect(model.archivedAt(pool)).toBeNull()
  expect(kinds(model)).toEqual(['appeal-window'])
})

test.each([
  ['refused', 409, 'CLOSED'],
  ['accepted-then-fails', 202, 'CLOSED'],
  ['allowed', 202, 'ARCHIVED'],
] as const)('pending work is %s', (pendingWork, status, end) => {
  const { model, pool, clock } = arrange({ pendingWork })
  model.startAssignment(pool)
  model.closePool(pool)
  expect(archive(model, pool).status).toBe(status)
  clock.pass(5000)
  expect(model.statusOf(pool)).toBe(end)
  expect(kinds(model)).toEqual(['active'])
})

test.each([
  // lifts, keeps, answer, violations
  [true, false, 202, []],
  [true, true, 202, ['appeal-window']],
  [false, true, 409, ['appeal-window']],
  // Nobody outside can know that the block is still there.
  [false, false, 409, []],
] as const)(
  'acceptance on appeal: lifts the block %s, keeps the date %s',
  (appealLiftsBlock, appealKeepsRejectedDate, status, violations) => {
    const { model, pool, assignment } = rejected({ appealLiftsBlock, appealKeepsRejectedDate })
    model.accept(assignment)
    const shown = ask(model, 'GET', `/assignments?pool_id=${pool}&rejected_gte=2026-03-01`)
    const items: unknown = appealKeepsRejectedDate ? [{ status: 'ACCEPTED' }] : []
    expect(shown.json).toMatchObject({ items })
    expect(archive(model, pool).status).toBe(status)
    expect(kinds(model)).toEqual(violations)
  },
)

test('exam days run from the rejections', () => {
  const { model } = arrange({ examClock: 'rejections' })
  const exam = model.createPool({}, { isExam: true })
  model.openPool(exam)
  model.closePool(exam)
  expect(archive(model, exam).status).toBe(202)
  expect(kinds(model)).toEqual(['exam-window'])
})

test('nine calendar days end at midnight', () => {
  const { model, pool, clock } = rejected({ nineDays: 'calendar' })
  expect(model.earliestAllowedAt(pool)).toBe(Date.parse('2026-03-20T00:00:00Z'))
  clock.at = Date.parse('2026-03-19T23:59:59Z')
  expect(archive(model, pool).status).toBe(409)
  clock.pass(1000)
  expect(archive(model, pool).status).toBe(202)
  expect(model.violations).toEqual([])
})

test.each([
  ['locked', 409, 'POOL_LOCKED_BY_ANOTHER_OPERATION', 1],
  ['exists', 409, 'OPERATION_ALREADY_EXISTS', 1],
  ['same-operation', 202, undefined, 1],
  ['new-operation', 202, undefined, 2],
  ['no-content', 204, undefined, 1],
] as const)('a second archive: %s', (secondArchive, status, code, operations) => {
  const { model, pool, clock } = arrange({ secondArchive })
  model.closePool(pool)
  model.scriptArchive(pool, { kind: 'slow', pendingMs: minuteMs, runningMs: minuteMs })
  archive(model, pool)
  const second = archive(model, pool)
  expect({ code: undefined, ...object(second.json) }).toMatchObject({ code })
  expect(second.status).toBe(status)
  expect(model.operationsOf(pool)).toHaveLength(operations)
  clock.pass(2 * minuteMs)
  expect(model.operationsOf(pool).map((one) => one.status)).not.toContain('FAIL')
  expect(model.statusOf(pool)).toBe('ARCHIVED')
})

test.each(['CLOSED', 'LOCKED'] as const)('shows %s during the archive', (statusDuringArchive) => {
  const { model, pool, clock } = arrange({ statusDuringArchive })
  model.closePool(pool)
  model.scriptArchive(pool, { kind: 'slow', runningMs: minuteMs })
  archive(model, pool)
  expect(ask(model, 'GET', `/pools/${pool}`).json).toMatchObject({ status: statusDuringArchive })
  clock.pass(minuteMs)
  expect(model.statusOf(pool)).toBe('ARCHIVED')
})

test.each([
  [404, 403],
  [403, 404],
] as const)('missing pool %s, foreign pool %s', (missingPool, foreignPool) => {
  const { model } = arrange({ missingPool, foreignPool })
  const foreign = model.createPool({}, { ofAnotherAccount: true })
  const code = { 404: 'DOES_NOT_EXIST', 403: 'ACCESS_DENIED' }
  expect(archive(model, '1')).toMatchObject({
    status: missingPool,
    json: { code: code[missingPool] },
  })
  expect(ask(model, 'GET', `/pools/${foreign}`)).toMatchObject({
    status: foreignPool,
    json: { code: code[foreignPool] },
  })
  expect(model.violations).toEqual([])
})

test('refusals have an empty body', () => {
  const { model, pool } = arrange({ refusalBody: 'empty' })
  expect(archive(model, pool)).toMatchObject({ status: 409, json: undefined })
  expect(model.archiveRequestsOf(pool)).toMatchObject([{ code: 'INAPPROPRIATE_STATUS' }])
})
