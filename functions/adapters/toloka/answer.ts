import { parseHttpDate } from './toloka-date.ts'
import type { Instant } from '../../domain/instant.ts'

/** What Toloka answered, before anybody has tried to understand it. */
export interface TolokaAnswer {
  /** The request, as errors name it: `GET /assignments?pool_id=17`. */
  readonly call: string
  readonly status: number
  readonly headers: Headers
  readonly body: string
}

/**
 * No answer is longer, decoded: a page of 300 pools with 100 KB of instructions each still fits.
 * In bytes.
 */
export const longestBody = 32 * 1024 * 1024

/** What Toloka's clock said, to the second; null if the answer has no readable `Date`. */
export function serverTimeOf(answer: TolokaAnswer): Instant | null {
  return parseHttpDate(answer.headers.get('date'))
}

/** The whole body as text; null if it is too long. Rejects if the connection breaks. */
export async function readBody(response: Response): Promise<string | null> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength
    if (bytes > longestBody) return null
    chunks.push(chunk)
  }
  return new TextDecoder().decode(Buffer.concat(chunks))
}
