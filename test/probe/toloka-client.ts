import { parseToken } from '../../functions/adapters/toloka/token.ts'
import { fieldsOf, textOf } from './answer.ts'
import type { Answer } from './answer.ts'
import type { Ledger } from './ledger.ts'
import type { Pace } from './pace.ts'

const timeoutMs = 30_000

export interface TolokaClientOptions {
  /** For instance `https://sandbox.toloka.dev`. */
  readonly origin: string
  readonly token: string
  readonly ledger: Ledger
  /** Null where nobody has to be spared. */
  readonly pace: Pace | null
  /** Once it is aborted nothing more is sent. */
  readonly signal?: AbortSignal
}

export interface Content {
  readonly query?: Readonly<Record<string, string | number>>
  readonly body?: unknown
  /** Instead of the account's own. */
  readonly authorization?: string
}

/** Sends requests one by one, retries nothing, and keeps every answer as it came. */
export class TolokaClient {
  /** Every answer, oldest first. */
  readonly answers: Answer[] = []
  readonly #options: TolokaClientOptions
  readonly #authorization: string

  constructor(options: TolokaClientOptions) {
    this.#options = options
    const { scheme, value } = parseToken(options.token)
    this.#authorization = `${scheme} ${value}`
  }

  get(path: string, query: Content['query'] = {}): Promise<Answer> {
    return this.send('GET', path, { query })
  }

  post(path: string, body?: unknown): Promise<Answer> {
    return this.send('POST', path, { body })
  }

  /** @param path below `/api/v1`, without a query */
  async send(method: string, path: string, content: Content = {}): Promise<Answer> {
    const { ledger, pace, signal } = this.#options
    ledger.check(method, path, content.body)
    await pace?.pass()
    signal?.throwIfAborted()
    const asked = new URLSearchParams()
    for (const [name, value] of Object.entries(content.query ?? {})) asked.set(name, String(value))
    const query = asked.toString()
    const target = query === '' ? path : `${path}?${query}`
    const response = await this.#fetch(method, target, content)
    const text = await response.text()
    const json = parsed(text)
    const answer: Answer = {
      method,
      target,
      status: response.status,
      headers: Object.fromEntries(response.headers),
      text,
      json,
      code: textOf(fieldsOf(json), 'code'),
      requestId: textOf(fieldsOf(json), 'request_id'),
    }
    this.answers.push(answer)
    ledger.learn(answer)
    return answer
  }

  async #fetch(method: string, target: string, content: Content): Promise<Response> {
    const { origin, ledger } = this.#options
    const hasBody = content.body !== undefined
    try {
      return await fetch(`${origin}/api/v1${target}`, {
        method,
        headers: {
          Authorization: content.authorization ?? this.#authorization,
          'User-Agent': 'toloka-pool-archiver-probe',
          ...(hasBody ? { 'Content-Type': 'application/json' } : {}),
        },
        ...(hasBody ? { body: JSON.stringify(content.body) } : {}),
        // The token goes to this host only.
        redirect: 'manual',
        signal: AbortSignal.timeout(timeoutMs),
      })
    } catch (cause) {
      if (method !== 'GET') ledger.doubtful.push(`${method} ${target}`)
      throw new Error(`${method} ${target} had no answer`, { cause })
    }
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
