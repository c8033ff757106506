import type { Json } from './refusal.ts'
import type { TolokaRequest } from './router.ts'

/** What goes wrong between the client and Toloka. */
export type Fault =
  /** An error from Toloka (`json`), from a proxy before it (`html`), or without any body. */
  | {
      readonly kind: 'status'
      readonly status: 408 | 500 | 502 | 503 | 504
      readonly body?: 'json' | 'html' | 'empty'
    }
  /** 429, with `payload.interval` and Retry-After only if given. */
  | {
      readonly kind: 'quota'
      readonly interval?: 'MIN' | 'HOUR' | 'DAY'
      readonly retryAfter?: string
    }
  /** No answer, no effect. */
  | { readonly kind: 'hang' }
  /** Effect, but no answer. */
  | { readonly kind: 'effect-then-hang' }
  /** The connection breaks before anything happens. */
  | { readonly kind: 'cut' }
  /** The connection breaks after the effect, before the answer. */
  | { readonly kind: 'effect-then-cut' }
  /** Effect, and the connection breaks in the middle of the answer. */
  | { readonly kind: 'cut-mid-body' }
  /** Effect, and a complete answer with only half of the JSON in it. */
  | { readonly kind: 'truncated' }
  /** Effect, and an answer of the right status whose body is a page of HTML. */
  | { readonly kind: 'not-json' }
  | { readonly kind: 'redirect'; readonly location: string }
  /** No effect, and a refusal of any status in Toloka's form. */
  | { readonly kind: 'refusal'; readonly status: number; readonly code: string }
  /** Effect, and an answer whose JSON was changed. */
  | { readonly kind: 'edited'; readonly edit: (body: Json) => Json }

/** Which requests a fault meets. */
export interface FaultTarget {
  readonly method?: string
  /** Text must be contained in the path, a pattern must match it. */
  readonly path?: string | RegExp
  /** Name of a parameter that the query must have. */
  readonly parameter?: string
  /** How many requests it meets; one if left out, Infinity until `clear`. */
  readonly times?: number
}

interface QueuedFault {
  readonly target: FaultTarget
  readonly fault: Fault
  left: number
}

type Asked = Pick<TolokaRequest, 'method' | 'path' | 'query'>

/** Faults on demand: the first queued one that fits a request meets it. */
export class Faults {
  #queue: QueuedFault[] = []

  /** Queues a fault for the next requests that fit. */
  next(target: FaultTarget, fault: Fault): void {
    this.#queue.push({ target, fault, left: target.times ?? 1 })
  }

  clear(): void {
    this.#queue = []
  }

  /** The fault that meets this request, or null. */
  take(request: Asked): Fault | null {
    const found = this.#queue.find((one) => fits(one.target, request))
    if (found === undefined) return null
    found.left -= 1
    if (found.left <= 0) this.#queue = this.#queue.filter((one) => one !== found)
    return found.fault
  }
}

function fits(target: FaultTarget, { method, path, query }: Asked): boolean {
  if (target.method !== undefined && target.method !== method) return false
  if (target.parameter !== undefined && !query.has(target.parameter)) return false
  if (target.path === undefined) return true
  return typeof target.path === 'string' ? path.includes(target.path) : target.path.test(path)
}
