import * as z from 'zod/mini'
import type { DeliverySender } from '../../application/operator-ports.ts'
import type { Clock } from '../../application/ports.ts'
import { secondMs } from '../../domain/instant.ts'
import { shorten } from '../../domain/shorten.ts'
import { readBody } from './answer.ts'
import { writeSignature } from './delivery-signature.ts'

/** For the whole exchange. */
const timeoutMs = 10 * secondMs

const failure = z.object({ name: z.string(), cause: z.optional(z.unknown()) })
const withCode = z.object({ code: z.string() })

/** Sends what Toloka would send. Follows no redirect: the signature is for one receiver. */
export function createDeliverySender({
  readSecret,
  clock,
}: {
  readonly readSecret: () => Promise<string>
  readonly clock: Clock
}): DeliverySender {
  return {
    send: async (url, body) => {
      const signature = writeSignature(await readSecret(), body, clock.now())
      try {
        const response = await fetch(url, {
          method: 'POST',
          redirect: 'manual',
          headers: { 'content-type': 'application/json', 'toloka-signature': signature },
          body: Buffer.from(body),
          signal: AbortSignal.timeout(timeoutMs),
        })
        const answer = (await readBody(response)) ?? ''
        return { kind: 'answered', status: response.status, body: conceal(answer, signature) }
      } catch (error) {
        return { kind: 'silence', problem: describeSilence(error) }
      }
    },
  }
}

/** Whoever answers may show what was sent. */
function conceal(answer: string, signature: string): string {
  const sign = /[\da-f]{64}/.exec(signature)?.[0] ?? signature
  return shorten(answer.replaceAll(sign, '[signature]')) ?? ''
}

function describeSilence(error: unknown): string {
  const { data } = failure.safeParse(error)
  if (data?.name === 'TimeoutError') return `no answer within ${timeoutMs} ms`
  return withCode.safeParse(data?.cause).data?.code ?? 'the connection failed'
}
