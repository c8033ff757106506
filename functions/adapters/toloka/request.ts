import ky from 'ky'
import { TolokaError } from '../../application/toloka-error.ts'
import type { Pace } from '../../application/ports.ts'
import type { TolokaAnswer } from './answer.ts'
import { createAttempt, type TokenSource } from './attempt.ts'

/** Who asks; the version is that of package.json. */
const userAgent = 'toloka-pool-archiver/0.1.0'

export interface TolokaRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Below `/api/v1/`, such as `pools/17`; ids in it are checked or encoded. */
  readonly path: string
  readonly query?: Readonly<Record<string, string | number>>
  readonly json?: unknown
  /** Error statuses that the caller understands; all others are thrown. */
  readonly alsoAccepted?: readonly number[]
  /** Parts of `json` that must not come back in any text. */
  readonly secrets?: readonly string[]
}

/** Sends a request. Throws a TolokaError for whatever is not the answer hoped for. */
export type Send = (request: TolokaRequest) => Promise<TolokaAnswer>

export interface TolokaTiming {
  /** For one try of a GET, with its whole answer. */
  readonly readTimeoutMs: number
  /** For any other request, with its whole answer. */
  readonly writeTimeoutMs: number
  /** The wait before a retry of a GET; the first is 1. */
  readonly retryDelayMs: (retry: number) => number
}

/** Four tries of a GET take 22 seconds at most, not counting the wait for the pace. */
export const defaultTiming: TolokaTiming = {
  readTimeoutMs: 5_000,
  writeTimeoutMs: 30_000,
  // 100–250 ms, then 200–500 ms, then 400–1000 ms.
  retryDelayMs: (retry) => 2 ** (retry - 1) * (100 + Math.random() * 150),
}

export interface Connection {
  /** Scheme, host and port; `/api/v1` is appended. The token goes nowhere else. */
  readonly origin: string
  readonly token: TokenSource
  readonly pace: Pace
  readonly fetch?: typeof globalThis.fetch
  readonly timing?: TolokaTiming
}

/** GETs are retried up to three times, at once, when nobody knows what went wrong; no others. */
const retries = 3

export function createSend(connection: Connection): Send {
  const { origin, token, pace, fetch = globalThis.fetch, timing = defaultTiming } = connection
  return async (request) => {
    const { method, path, query, json, alsoAccepted = [], secrets = [] } = request
    const call = describeCall(request)
    const timeoutMs = method === 'GET' ? timing.readTimeoutMs : timing.writeTimeoutMs
    const attempt = createAttempt({ call, token, pace, fetch, timeoutMs, alsoAccepted, secrets })
    let body = ''
    const { status, headers } = await ky(path, {
      prefix: `${origin}/api/v1`,
      method,
      searchParams: query,
      json,
      headers: { accept: 'application/json', 'user-agent': userAgent },
      redirect: 'manual',
      // An attempt has its own timeout and throws its own errors.
      timeout: false,
      throwHttpErrors: false,
      retry: {
        limit: retries,
        methods: ['get'],
        shouldRetry: ({ error }) => error instanceof TolokaError && error.answerClass === 'fault',
        delay: timing.retryDelayMs,
      },
      fetch: async (input, init) => {
        const answer = await attempt(new Request(input, init))
        // It stays here: through ky and back, a long one would cost as much as to parse it.
        body = answer.body
        return new Response(null, { status: answer.status, headers: answer.headers })
      },
    })
    return { call, status, headers, body }
  }
}

/** The parts of a query that tell one call from another. */
const tellingParameters = ['pool_id', 'type', 'event_type', 'status', 'id_gt']

function describeCall({ method, path, query = {} }: TolokaRequest): string {
  const telling = tellingParameters.flatMap((name) =>
    name in query ? [`${name}=${query[name]}`] : [],
  )
  return `${method} /${path}${telling.length === 0 ? '' : `?${telling.join('&')}`}`
}
