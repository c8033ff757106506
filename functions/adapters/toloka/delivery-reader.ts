import type { Clock, DeliveryReader, DeliveryReading } from '../../application/ports.ts'
import { minuteMs } from '../../domain/instant.ts'
import { readEvents } from './delivery-events.ts'
import { isSignedBy, parseSignature } from './delivery-signature.ts'

/** Toloka's clock may be ahead of ours by this. */
const aheadMs = 5 * minuteMs
/** In bytes; an event takes some 300. */
const longestBody = 256 * 1024

export interface DeliveryOptions {
  /** The one in use. While secrets are exchanged the one before may be among them, or below. */
  readonly secrets: () => Promise<readonly string[]>
  /** Asked for only if none of those fits: to ask may take a request. */
  readonly secretsBefore?: () => Promise<readonly string[]>
  readonly clock: Clock
  /** How old a delivery may be. */
  readonly toleranceMs: number
}

const jsonType = /^\s*application\/json\s*(?:;|$)/i
const utf8 = new TextDecoder('utf-8', { fatal: true })

type Refused = Extract<DeliveryReading, { readonly kind: 'refused' }>

/**
 * Tells genuine deliveries from others. What is cheap to tell comes first, and nothing of the body
 * is believed before its signature. Throws only what reading the secrets throws.
 */
export function createDeliveryReader(options: DeliveryOptions): DeliveryReader {
  return {
    read: async ({ contentType, body, signature: header }) => {
      if (!jsonType.test(contentType ?? '')) {
        return refuse(415, 'The content type must be application/json.')
      }
      if (body.byteLength > longestBody) {
        return refuse(413, `The body is longer than ${longestBody} bytes.`)
      }
      if (header === null) return refuse(401, 'The header Toloka-Signature is missing.')
      const signature = parseSignature(header)
      if (signature === null) {
        return refuse(401, 'The header Toloka-Signature must be {v=…, ts=…, sign=…}.')
      }
      const ageMs = options.clock.now() - signature.createdAt
      if (ageMs > options.toleranceMs) return refuse(401, 'The signature is too old.')
      if (ageMs < -aheadMs) return refuse(401, 'The signature is dated in the future.')
      const isGenuine =
        isSignedBy(await options.secrets(), signature, body) ||
        isSignedBy((await options.secretsBefore?.()) ?? [], signature, body)
      return isGenuine ? readBody(body) : refuse(401, 'The signature does not fit the body.')
    },
  }
}

function readBody(body: Uint8Array): DeliveryReading {
  let json: unknown
  try {
    json = JSON.parse(utf8.decode(body))
  } catch {
    return refuse(400, 'The body is not JSON.')
  }
  const reading = readEvents(json)
  if (reading.kind === 'malformed') return refuse(400, reading.problem)
  return { kind: 'genuine', poolIds: reading.poolIds, ignored: reading.ignored }
}

function refuse(status: Refused['status'], problem: string): Refused {
  return { kind: 'refused', status, problem }
}
