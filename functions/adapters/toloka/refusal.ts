import * as z from 'zod/mini'
import { TolokaError } from '../../application/toloka-error.ts'
import { shorten } from '../../domain/shorten.ts'
import type { TolokaAnswer } from './answer.ts'
import { retryAfterMs } from './retry-after.ts'
import { writeJson } from './write-json.ts'

/** Toloka's envelope of errors. Any part may be missing, and a proxy may answer instead. */
const envelope = z.object({
  code: z.optional(z.unknown()),
  message: z.optional(z.unknown()),
  request_id: z.optional(z.unknown()),
  payload: z.optional(z.unknown()),
})

/** An answer that says no. */
export function toRefusal(answer: TolokaAnswer): TolokaError {
  const { call, status } = answer
  const error = envelope.safeParse(parseJson(answer.body)).data
  return new TolokaError({
    call,
    status,
    code: tidy(error?.code),
    readable: error !== undefined || answer.body.trim() === '',
    message: tidy(describeRefusal(answer, error)) ?? 'no message',
    requestId: tidy(error?.request_id),
    retryAfterMs: retryAfterMs(answer.headers, error?.payload),
  })
}

/** An answer came, and it is not what was asked for. */
export function toUnreadable(
  { call, status }: TolokaAnswer,
  problem: string,
  cause?: unknown,
): TolokaError {
  const message = `The answer cannot be read: ${problem}`
  return new TolokaError(
    { call, status, code: null, readable: false, message, requestId: null, retryAfterMs: null },
    { cause },
  )
}

/** No answer came, or only a part of one. */
export function toSilence(call: string, message: string, cause?: unknown): TolokaError {
  return new TolokaError(
    {
      call,
      status: null,
      code: null,
      readable: false,
      message,
      requestId: null,
      retryAfterMs: null,
    },
    { cause },
  )
}

/** The payload of an error; undefined if there is none. */
export function payloadOf(answer: TolokaAnswer): unknown {
  return envelope.safeParse(parseJson(answer.body)).data?.payload
}

function describeRefusal(
  { status, body }: TolokaAnswer,
  error: z.output<typeof envelope> | undefined,
): string {
  if (status < 400) return 'This is a redirect, and redirects are not followed.'
  if (error === undefined) return body.trim() === '' ? 'no body' : `no JSON object: ${body}`
  const payload = error.payload ?? null
  const parts = [tidy(error.message), payload === null ? null : writeJson(payload)]
  return parts.filter((part) => part !== null).join(' ')
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** One line of bounded length; null if there is nothing in it, or it is no text. */
function tidy(text: unknown): string | null {
  if (typeof text !== 'string') return null
  const line = text.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim()
  return line === '' ? null : shorten(line)
}
