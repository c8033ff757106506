import { createAttempt } from '../../functions/adapters/toloka/attempt.ts'
import {
  createTolokaClient,
  createTolokaClientOver,
} from '../../functions/adapters/toloka/client.ts'
import type { Toloka } from '../../functions/application/ports.ts'
import type { Subscriptions } from '../../functions/application/subscription-ports.ts'
import { canaries } from './canary.ts'

export type Client = Toloka & Subscriptions

export type AnswerRequest = (request: Request) => Promise<Response>

const origin = 'https://toloka.dev'
const token = async (): Promise<string> => canaries.token
const pace = { take: async (): Promise<void> => {} }
/** Nothing here takes long. */
const timeoutMs = 60_000
const timing = { readTimeoutMs: timeoutMs, writeTimeoutMs: timeoutMs, retryDelayMs: () => 0 }

/** Our client over whatever answers instead of the network. */
export function createFuzzedClient(answer: AnswerRequest): Client {
  return createTolokaClient({ origin, token, pace, timing, fetch: toFetch(answer) })
}

/** Our client to a server. */
export function createFuzzedClientTo(address: string): Client {
  return createTolokaClient({ origin: address, token, pace, timing })
}

/** The same without retries, each of which takes a timer: for many cases. */
export function createImpatientClient(answer: AnswerRequest): Client {
  return createTolokaClientOver(async ({ method, path, query = {}, json, ...rest }) => {
    const address = new URL(`${origin}/api/v1/${path}`)
    for (const [name, value] of Object.entries(query)) address.searchParams.set(name, String(value))
    const attempt = createAttempt({
      call: `${method} /${path}`,
      token,
      pace,
      fetch: toFetch(answer),
      timeoutMs,
      alsoAccepted: rest.alsoAccepted ?? [],
      secrets: rest.secrets ?? [],
    })
    const init: RequestInit = { method }
    if (json !== undefined) init.body = JSON.stringify(json)
    return attempt(new Request(address, init))
  })
}

function toFetch(answer: AnswerRequest): typeof globalThis.fetch {
  return async (input, init) => answer(new Request(input, init))
}
