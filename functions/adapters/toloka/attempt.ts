import * as z from 'zod/mini'
import { TolokaError } from '../../application/toloka-error.ts'
import type { Pace } from '../../application/ports.ts'
import { longestBody, readBody, type TolokaAnswer } from './answer.ts'
import { parseToken, type Token } from './token.ts'
import { toRefusal, toSilence, toUnreadable } from './refusal.ts'

/**
 * The token for Toloka. Asked for with each request, so it should remember; `fresh` asks to look
 * again at the place where tokens are kept, because Toloka refused the one that it gave.
 */
export type TokenSource = (options: { readonly fresh: boolean }) => Promise<string>

export interface Attempts {
  readonly call: string
  readonly token: TokenSource
  readonly pace: Pace
  readonly fetch: typeof globalThis.fetch
  /** For one request and its whole answer. */
  readonly timeoutMs: number
  /** Error statuses that are answers to the caller. */
  readonly alsoAccepted: readonly number[]
  /** Parts of the request that must not come back in any text. */
  readonly secrets: readonly string[]
}

/**
 * Makes the function that sends one request once, or twice if a 401 is met by another token; that
 * happens only once in all its attempts.
 *
 * @throws TolokaError, and nothing else, for whatever is not the answer hoped for.
 */
export function createAttempt(attempts: Attempts): (request: Request) => Promise<TolokaAnswer> {
  let mayRefresh = true
  return async (request) => {
    const token = await readToken(attempts, false)
    let answer = await exchange(attempts, request, token)
    if (answer.status === 401 && mayRefresh) {
      mayRefresh = false
      const fresh = await readToken(attempts, true)
      if (fresh.value !== token.value) answer = await exchange(attempts, request, fresh)
    }
    const { status } = answer
    if ((status >= 200 && status < 300) || attempts.alsoAccepted.includes(status)) return answer
    throw toRefusal(answer)
  }
}

async function readToken({ call, token }: Attempts, fresh: boolean): Promise<Token> {
  try {
    return parseToken(await token({ fresh }))
  } catch (error) {
    throw toSilence(call, 'There is no usable token, so nothing was sent.', error)
  }
}

/**
 * The token is put in here, so the request that the retries know has none. Nothing about time is
 * left to ky: its timeout ends with the headers, and would count the wait for the pace.
 */
async function exchange(
  { call, pace, fetch, timeoutMs, secrets }: Attempts,
  request: Request,
  token: Token,
): Promise<TolokaAnswer> {
  const headers = new Headers(request.headers)
  headers.set('authorization', `${token.scheme} ${token.value}`)
  await pace.take()
  try {
    const signal = AbortSignal.timeout(timeoutMs)
    const response = await fetch(request.clone(), { headers, signal })
    const body = await readBody(response)
    const answer = { call, status: response.status, headers: response.headers, body: body ?? '' }
    if (body === null) throw toUnreadable(answer, `it is longer than ${longestBody} bytes.`)
    return { ...answer, body: conceal(body, [token.value, ...secrets]) }
  } catch (error) {
    if (error instanceof TolokaError) throw error
    throw toSilence(call, describeSilence(error, timeoutMs), error)
  }
}

/** In characters. A shorter one is found in every answer, and taking it out would garble it. */
const shortestSecret = 8

/** Should an answer quote a secret, it must not get any further. */
function conceal(text: string, secrets: readonly string[]): string {
  return secrets
    .filter((secret) => secret.length >= shortestSecret)
    .reduce((concealed, secret) => concealed.replaceAll(asWritten(secret), '[secret]'), text)
}

/** A text as JSON may write it: each character as it is, behind a backslash, or by its number. */
function asWritten(text: string): RegExp {
  const characters = Array.from({ length: text.length }, (_, index) => {
    const number = text.charCodeAt(index).toString(16).padStart(4, '0')
    return `(?:\\\\?\\u${number}|\\\\u${number})`
  })
  return new RegExp(characters.join(''), 'gi')
}

/** What fetch throws; the code of the system is in the cause, such as ECONNREFUSED. */
const failure = z.object({
  name: z.string(),
  message: z.string(),
  cause: z.optional(z.unknown()),
})
const causeWithCode = z.object({ code: z.string() })

function describeSilence(error: unknown, timeoutMs: number): string {
  const { data } = failure.safeParse(error)
  if (data?.name === 'TimeoutError') return `No whole answer within ${timeoutMs} ms.`
  const code = causeWithCode.safeParse(data?.cause).data?.code
  return `The connection failed: ${code ?? data?.message}.`
}
