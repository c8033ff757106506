import { inspect } from 'node:util'
import { describe, expect, test } from '@jest/globals'
import { TolokaError } from '../../../functions/application/toloka-error.ts'
import { longestBody } from '../../../functions/adapters/toloka/answer.ts'
import { defaultTiming } from '../../../functions/adapters/toloka/request.ts'
import { failureOf, startScripted, token, type ScriptedAnswer } from './scripted-server.ts'

const pool = { id: '17', project_id: '3', status: 'CLOSED' }
const impatient = { ...defaultTiming, readTimeoutMs: 50, writeTimeoutMs: 50, retryDelayMs: () => 0 }

async function refusalOf(answer: ScriptedAnswer): Promise<TolokaError> {
  const toloka = await startScripted([answer, answer, answer, answer])
  const error = await failureOf(toloka.client.archivePool('17'))
  if (error instanceof TolokaError) return error
  throw new Error('That is no TolokaError.', { cause: error })
}

describe('what Toloka says', () => {
  test('is kept: code, words, payload, and the id for its support', async () => {
    const payload = { appropriate_statuses: ['CLOSED'] }
    const body = { code: 'INAPPROPRIATE_STATUS', message: 'Not\n now', request_id: 'r-1', payload }
    const error = await refusalOf({ status: 409, body })
    expect(error.answerClass).toBe('wait')
    expect(error.problem).toEqual({
      call: 'POST /pools/17/archive',
      status: 409,
      code: 'INAPPROPRIATE_STATUS',
      readable: true,
      message: 'Not now {"appropriate_statuses":["CLOSED"]}',
      requestId: 'r-1',
      retryAfterMs: null,
    })
  })

  test.each([
    [302, '', 'unreadable', 'This is a redirect, and redirects are not followed.'],
    [400, { code: 'VALIDATION_ERROR', message: 'No.' }, 'this-pool', 'No.'],
    [401, '', 'operator', 'no body'],
    [403, { code: 'ACCESS_DENIED', message: null }, 'forbidden', 'no message'],
    [404, { code: 5, message: 6, payload: null }, 'this-pool', 'no message'],
    [408, {}, 'fault', 'no message'],
    [409, '[]', 'fault', 'no JSON object: []'],
    [
      409,
      { code: 'OPERATION_ALREADY_EXISTS', message: 'One is enough.' },
      'busy',
      'One is enough.',
    ],
    [429, '<html>\u0007 busy', 'quota', 'no JSON object: <html> busy'],
    [500, { message: 'm'.repeat(5_000) }, 'fault', `${'m'.repeat(237)}…`],
    [502, '<html>Bad Gateway', 'fault', 'no JSON object: <html>Bad Gateway'],
  ])('%i %j is of the class %3$s', async (status, body, answerClass, message) => {
    const error = await refusalOf({ status, body, headers: { location: '/elsewhere' } })
    expect(error.answerClass).toBe(answerClass)
    expect(error.problem).toMatchObject({ status, message })
  })
})

test('A refusal is a refusal, however deep its payload', async () => {
  const payload = `${'['.repeat(20_000)}${']'.repeat(20_000)}`
  const error = await refusalOf({ status: 409, body: `{"code":"X","payload":${payload}}` })
  expect(error.problem).toMatchObject({ code: 'X', message: '(nested too deeply to be shown)' })
})

describe('how long to wait', () => {
  const date = 'Tue, 24 Nov 2026 10:00:00 GMT'
  test.each([
    [{ 'retry-after': '7' }, {}, 7_000],
    [{ 'retry-after': '7' }, { payload: { interval: 'DAY' } }, 7_000],
    [{ 'retry-after': '9'.repeat(400) }, {}, 86_400_000],
    [{ 'retry-after': 'Tue, 24 Nov 2026 10:01:30 GMT', date }, {}, 90_000],
    [{ 'retry-after': 'Tue, 24 Nov 2026 09:00:00 GMT', date }, {}, 0],
    [{ 'retry-after': 'soon' }, { payload: { interval: 'MIN' } }, 60_000],
    [{ 'retry-after': '-5' }, {}, null],
    [{}, { payload: { interval: 'HOUR' } }, 3_600_000],
    [{}, { payload: { interval: 'DAY' } }, 86_400_000],
    [{}, { payload: { interval: 'WEEK' } }, null],
    [{}, { payload: 'MIN' }, null],
  ])('%j and %j say %j ms', async (headers, body, retryAfterMs) => {
    const error = await refusalOf({ status: 429, headers, body })
    expect(error.problem.retryAfterMs).toBe(retryAfterMs)
  })
})

describe('a GET', () => {
  test.each<ScriptedAnswer>([
    { status: 408 },
    { status: 500 },
    { status: 599 },
    { instead: 'broken connection' },
    { instead: 'cut body', body: pool },
    { instead: 'silence' },
  ])('is tried up to four times: %j', async (trouble) => {
    const script = [trouble, trouble, trouble, { body: pool }]
    const toloka = await startScripted(script, { timing: impatient })
    await expect(toloka.client.readPool('17')).resolves.toMatchObject({ value: { id: '17' } })
    expect(toloka.requests).toHaveLength(4)
  })

  test.each<ScriptedAnswer>([{ status: 503, body: {} }, { instead: 'broken connection' }])(
    'ends after four tries: %j',
    async (trouble) => {
      const toloka = await startScripted([trouble, trouble, trouble, trouble, trouble])
      await expect(toloka.client.readPool('17')).rejects.toMatchObject({ answerClass: 'fault' })
      expect(toloka.requests).toHaveLength(4)
    },
  )

  test.each([400, 401, 403, 404, 409, 429, 301])('is not tried again after %i', async (status) => {
    const toloka = await startScripted([{ status }])
    await expect(toloka.client.readPool('17')).rejects.toMatchObject({ problem: { status } })
    expect(toloka.requests).toHaveLength(1)
  })

  test('is not tried again for an answer that makes no sense', async () => {
    const toloka = await startScripted([{ body: 'hello' }])
    const error = { answerClass: 'unreadable', problem: { status: 200 } }
    await expect(toloka.client.readPool('17')).rejects.toMatchObject(error)
    expect(toloka.requests).toHaveLength(1)
  })

  test('its retries come quickly, later and not at once', () => {
    for (const [retry, from, to] of [
      [1, 100, 250],
      [2, 200, 500],
      [3, 400, 1_000],
    ] as const) {
      const delayMs = defaultTiming.retryDelayMs(retry)
      expect(delayMs).toBeGreaterThanOrEqual(from)
      expect(delayMs).toBeLessThanOrEqual(to)
    }
  })
})

describe('a request to archive is never repeated', () => {
  test.each<[ScriptedAnswer, string]>([
    [{ status: 500 }, '500: no body'],
    [{ instead: 'silence' }, 'no answer: No whole answer within 50 ms.'],
    [{ instead: 'broken connection' }, 'no answer: The connection failed: UND_ERR_SOCKET.'],
    [{ instead: 'cut body', body: {} }, 'no answer: The connection failed: UND_ERR_SOCKET.'],
  ])('%j', async (trouble, message) => {
    const toloka = await startScripted([trouble], { timing: impatient })
    const error = await failureOf(toloka.client.archivePool('17'))
    expect(error).toMatchObject({
      answerClass: 'fault',
      message: `POST /pools/17/archive: ${message}`,
    })
    expect(toloka.requests).toHaveLength(1)
  })
})

test('an answer that is too long is not read to its end', async () => {
  const toloka = await startScripted([{ body: 'x'.repeat(longestBody + 1) }])
  await expect(toloka.client.readPool('17')).rejects.toMatchObject({ answerClass: 'unreadable' })
})

test('nobody listens', async () => {
  const server = await startScripted([])
  await server.stop()
  const error = await failureOf(server.client.readPool('17'))
  expect(String(error)).toContain('GET /pools/17: no answer: The connection failed: ECONNREFUSED.')
})

test('a fetch that fails for no known reason', async () => {
  const toloka = await startScripted([], {
    fetch: async () => Promise.reject(new Error('odd')),
  })
  await expect(toloka.client.readPool('17')).rejects.toThrow(
    'no answer: The connection failed: odd.',
  )
})

describe('a redirect is an error, and the token goes nowhere else', () => {
  test.each([301, 302, 303, 307, 308])('%i', async (status) => {
    const elsewhere = await startScripted([{ body: pool }])
    const headers = { location: `${elsewhere.origin}/api/v1/pools/17` }
    const toloka = await startScripted([
      { status, headers },
      { status, headers },
    ])
    const error = { answerClass: 'unreadable', problem: { status } }
    await expect(toloka.client.readPool('17')).rejects.toMatchObject(error)
    await expect(toloka.client.archivePool('17')).rejects.toMatchObject(error)
    expect(toloka.requests).toHaveLength(2)
    expect(elsewhere.requests).toEqual([])
  })
})

describe('no error shows the token', () => {
  const quoting = { code: token, message: `Bad token ${token}`, payload: { authorization: token } }
  test.each<[string, readonly ScriptedAnswer[]]>([
    ['refused, and quoted', [{ status: 401, body: quoting }]],
    ['quoted by a proxy', [{ status: 400, body: `<b>OAuth ${token}</b>` }]],
    ['quoted where JSON should be', [{ body: token }]],
    ['quoted as a field', [{ body: { id: token } }]],
    ['a broken connection', Array.from({ length: 4 }, () => ({ instead: 'broken connection' }))],
    ['silence', Array.from({ length: 4 }, () => ({ instead: 'silence' }))],
  ])('%s', async (_, script) => {
    const toloka = await startScripted(script, { timing: impatient })
    const error = await failureOf(toloka.client.readPool('17'))
    expect(error).toBeInstanceOf(TolokaError)
    expect(inspect(error, { depth: Infinity, showHidden: true })).not.toContain(token)
    expect(toloka.requests[0]?.headers.authorization).toContain(token)
  })

  test.each([
    ['with escaped slashes', (text: string) => text.replaceAll('/', '\\/')],
    ['by the numbers of characters', (text: string) => text.replaceAll('-', '\\u002D')],
  ])('is not told when an answer quotes it %s', async (_how, write) => {
    const secret = 'a-token/that-nobody/may-ever-see'
    const body = `{"code":"X","message":"You sent ${write(secret)}."}`
    const toloka = await startScripted([{ status: 400, body }], { token: async () => secret })
    const error = await failureOf(toloka.client.archivePool('17'))
    expect(inspect(error)).toContain('You sent [secret].')
    expect(inspect(error)).not.toContain('nobody')
  })

  test.each(['', ' ', 'two words-that-are-secret', 'new\nline-that-is-secret', 'sécret'])(
    'one that cannot be sent is not sent: %j',
    async (odd) => {
      const toloka = await startScripted([], { token: async () => odd })
      const error = await failureOf(toloka.client.readPool('17'))
      expect(error).toMatchObject({ answerClass: 'fault', problem: { status: null } })
      expect(inspect(error, { depth: Infinity })).not.toMatch(/that-(is|are)-secret|sécret/)
      expect(toloka.requests).toEqual([])
    },
  )

  test('a place of tokens that cannot be reached is a fault that keeps its cause', async () => {
    const cause = new Error('The vault is closed.')
    const toloka = await startScripted([], { token: async () => Promise.reject(cause) })
    const error = await failureOf(toloka.client.readPool('17'))
    expect(error).toMatchObject({ answerClass: 'fault', cause })
  })
})
