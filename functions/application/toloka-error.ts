import { classifyAnswer, type AnswerClass, type AnswerHead } from '../domain/answer-class.ts'
import type { Instant } from '../domain/instant.ts'
import type { AnsweredError } from '../domain/record.ts'
import { shorten } from '../domain/shorten.ts'

/** What is known of a request to Toloka that did not end as hoped. Holds no secret. */
export interface TolokaProblem extends AnswerHead {
  /** The request, such as `GET /pools/17`. */
  readonly call: string
  /** Toloka's words, or ours if no answer came. */
  readonly message: string
  /** For Toloka's support. */
  readonly requestId: string | null
  /** How long Toloka asks us to wait; null if it does not say. */
  readonly retryAfterMs: number | null
}

/** A request to Toloka did not end as hoped. */
export class TolokaError extends Error {
  override readonly name = 'TolokaError'
  readonly problem: TolokaProblem
  readonly answerClass: AnswerClass
  /** The message without the request's id, so that the same trouble twice reads the same. */
  readonly summary: string

  constructor(problem: TolokaProblem, options?: ErrorOptions) {
    const { call, status, code, message, requestId } = problem
    const head = [status ?? 'no answer', code].filter((part) => part !== null).join(' ')
    const summary = `${call}: ${head}: ${shorten(message)}`
    super(requestId === null ? summary : `${summary} (request ${requestId})`, options)
    this.summary = summary
    this.problem = problem
    this.answerClass = classifyAnswer(problem)
  }

  /** As a record keeps it. */
  toAnsweredError(at: Instant): AnsweredError {
    const { call, status, code, message, requestId } = this.problem
    return { at, call, status, code, message: shorten(message) ?? '', requestId }
  }
}

const aboutOne: ReadonlySet<AnswerClass> = new Set([
  'wait',
  'busy',
  'unreadable',
  'forbidden',
  'this-pool',
])

/** Whether a request failed in a way that says nothing of the same request about another pool. */
export function isAboutOne(error: unknown): error is TolokaError {
  return error instanceof TolokaError && aboutOne.has(error.answerClass)
}
