import { expect, test } from '@jest/globals'
import { TolokaError } from '../../functions/application/toloka-error.ts'

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
