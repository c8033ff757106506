import { Worker } from 'node:worker_threads'

/** What a flood asks of Toloka, at an instant of the virtual clock. */
export type FloodCall = { readonly at: number } & (
  | { readonly kind: 'open'; readonly count: number }
  | { readonly kind: 'close'; readonly poolId: string }
  | {
      readonly kind: 'request'
      readonly method: string
      readonly path: string
      readonly query: string
      readonly authorization: string
    }
  | { readonly kind: 'count' }
)

export type FloodAnswer =
  | { readonly kind: 'opened'; readonly poolIds: readonly string[]; readonly token: string }
  | { readonly kind: 'closed' }
  | {
      readonly kind: 'answered'
      readonly status: number
      readonly headers: Readonly<Record<string, string>>
      readonly body: string | null
    }
  | {
      readonly kind: 'counted'
      readonly archived: number
      readonly total: number
      readonly peakPerSecond: number
      readonly violations: number
    }

/** Toloka in another thread. */
export interface FloodToloka {
  readonly openPools: (count: number) => Promise<Extract<FloodAnswer, { kind: 'opened' }>>
  readonly closePool: (poolId: string) => Promise<void>
  readonly fetch: typeof globalThis.fetch
  readonly count: () => Promise<Extract<FloodAnswer, { kind: 'counted' }>>
  readonly end: () => Promise<unknown>
}

export function startFloodToloka(now: () => number): FloodToloka {
  const worker = new Worker(new URL('flood-worker.ts', import.meta.url))
  // It answers in the order in which it is asked.
  const waiting: ((answer: FloodAnswer) => void)[] = []
  worker.on('message', (answer: FloodAnswer) => waiting.shift()?.(answer))
  const ask = (call: FloodCall): Promise<FloodAnswer> =>
    new Promise((resolve) => {
      waiting.push(resolve)
      worker.postMessage(call)
    })

  return {
    openPools: async (count) => {
      const answer = await ask({ kind: 'open', at: now(), count })
      if (answer.kind !== 'opened') throw new Error(`Not opened: ${answer.kind}`)
      return answer
    },
    closePool: async (poolId) => {
      await ask({ kind: 'close', at: now(), poolId })
    },
    fetch: async (input, init) => {
      const request = new Request(input, init)
      const { pathname: path, search: query } = new URL(request.url)
      const authorization = request.headers.get('authorization') ?? ''
      const { method } = request
      const answer = await ask({ kind: 'request', at: now(), method, path, query, authorization })
      if (answer.kind !== 'answered') throw new Error(`Not answered: ${answer.kind}`)
      const { status, headers, body } = answer
      return new Response(body, { status, headers })
    },
    count: async () => {
      const answer = await ask({ kind: 'count', at: now() })
      if (answer.kind !== 'counted') throw new Error(`Not counted: ${answer.kind}`)
      return answer
    },
    end: () => worker.terminate(),
  }
}
