import { expect, test } from '@jest/globals'
import { isAboutOne, TolokaError } from '../../functions/application/toloka-error.ts'

test('What Toloka answered reads the same each time, but for the id for its support', () => {
  const problem = { call: 'GET /pools/17', readable: true, message: 'Oh.', retryAfterMs: null }
  const refusal = { ...problem, status: 409, code: 'CONFLICT', requestId: 'request-1' }
  const refused = new TolokaError(refusal)
  expect(refused.summary).toBe('GET /pools/17: 409 CONFLICT: Oh.')
  expect(refused.message).toBe('GET /pools/17: 409 CONFLICT: Oh. (request request-1)')
  expect(refused.toAnsweredError(5)).toEqual({
    at: 5,
    call: 'GET /pools/17',
    status: 409,
    code: 'CONFLICT',
    message: 'Oh.',
    requestId: 'request-1',
  })
  const silent = new TolokaError({ ...problem, status: null, code: null, requestId: null })
  expect(silent.summary).toBe('GET /pools/17: no answer: Oh.')
  expect(silent.message).toBe(silent.summary)
})

test.each<[status: number | null, code: string | null, isIt: boolean]>([
  [200, null, true],
  [403, 'ACCESS_DENIED', true],
  [404, 'DOES_NOT_EXIST', true],
  [409, 'OPERATION_ALREADY_EXISTS', true],
  [409, 'CONFLICT_STATE', true],
  [401, 'UNAUTHORIZED', false],
  [429, 'TOO_MANY_REQUESTS', false],
  [503, null, false],
  [null, null, false],
])('Whether %s %s about one pool says nothing of the others: %s', (status, code, isIt) => {
  const about = { call: 'GET /pools/17', message: 'Oh.', requestId: null, retryAfterMs: null }
  expect(isAboutOne(new TolokaError({ ...about, status, code, readable: true }))).toBe(isIt)
})

test('What is no answer of Toloka is not about one pool', () => {
  expect(isAboutOne(new Error('The disk is full.'))).toBe(false)
})
