import type { TolokaModel } from './model.ts'
import { isObject } from './subscriptions.ts'

/** What a test sees of an answer, its JSON parsed. */
export interface Asked {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /** The parsed body; undefined for an empty one. Untyped on purpose: tests compare it. */
  readonly json: unknown
}

/**
 * Asks the model as a client would, without HTTP.
 * @param target path below `/api/v1`, with a query if wanted
 */
export function ask(model: TolokaModel, method: string, target: string, body?: unknown): Asked {
  const { pathname, searchParams } = new URL(`/api/v1${target}`, 'http://toloka.invalid')
  const answer = model.handle({
    method,
    path: pathname,
    query: searchParams,
    headers: { Authorization: model.authorization, 'Content-Type': 'application/json' },
    body,
  })
  const json: unknown = answer.body === undefined ? undefined : JSON.parse(answer.body)
  return { status: answer.status, headers: answer.headers, json }
}

/** The value if it is a JSON object, otherwise an empty one. */
export function object(value: unknown): Readonly<Record<string, unknown>> {
  return isObject(value) ? value : {}
}

/** The items of a list's answer. */
export function itemsOf(asked: Asked): readonly Readonly<Record<string, unknown>>[] {
  const { items } = object(asked.json)
  return Array.isArray(items) ? items.map(object) : []
}

/** A clock that stands still until it is told to go on. */
export class HandClock {
  /** ms since the epoch */
  at: number

  constructor(start: string) {
    this.at = Date.parse(start)
  }

  readonly now = (): number => this.at

  pass(durationMs: number): void {
    this.at += durationMs
  }
}
