/** What an answer of Toloka that is not the one hoped for means for us. */
export type AnswerClass =
  | 'wait' // not now
  | 'busy' // something else works on the pool
  | 'quota' // too many requests
  | 'fault' // nobody knows; try again
  | 'unreadable' // an answer came, and makes no sense
  | 'operator' // the token is not accepted
  | 'forbidden' // the token, or only this pool: asking for the requester tells
  | 'this-pool' // this request will never work

/** The parts of an answer that decide its class. */
export interface AnswerHead {
  /** HTTP status; null if no answer came. */
  readonly status: number | null
  /** Toloka's error code. */
  readonly code: string | null
  /** False if the body is not Toloka's: then something before Toloka answered, such as a proxy. */
  readonly readable: boolean
}

const busyCodes = new Set(['POOL_LOCKED_BY_ANOTHER_OPERATION', 'OPERATION_ALREADY_EXISTS'])

const classByStatus: Readonly<Record<number, AnswerClass>> = {
  401: 'operator',
  403: 'forbidden',
  408: 'fault',
  409: 'wait',
  429: 'quota',
}

/** Texts are never looked at: Toloka may change them. */
export function classifyAnswer({ status, code, readable }: AnswerHead): AnswerClass {
  if (status === null || status >= 500) return 'fault'
  if (status < 400) return 'unreadable'
  if (!readable && status !== 401 && status !== 429) return 'fault'
  if (status === 409 && code !== null && busyCodes.has(code)) return 'busy'
  return classByStatus[status] ?? 'this-pool'
}
