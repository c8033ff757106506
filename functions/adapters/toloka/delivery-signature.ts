import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Instant } from '../../domain/instant.ts'

/** The header `Toloka-Signature`, such as `{v=1, ts=946728000000, sign=609af3…}`. */
export interface DeliverySignature {
  /** Both as written in the header: they are part of what is signed. */
  readonly version: string
  readonly timestamp: string
  readonly createdAt: Instant
  /** HMAC-SHA256, as 64 hexadecimal digits in lower case. */
  readonly digest: string
}

/** As Toloka documents it, and shows it. */
const documentedLayout = /^\{v=([^\s,]+), ts=(\d{1,15}), sign=([\da-fA-F]{1,64})\}$/

/**
 * Reads the header; null if it is malformed. The documented layout looks like a printed map, so
 * braces, order and spacing may vary, and other keys may come; a key that comes twice is refused.
 */
export function parseSignature(header: string): DeliverySignature | null {
  const [, version, timestamp, sign] =
    documentedLayout.exec(header) ?? documentedLayout.exec(toDocumentedLayout(header)) ?? []
  if (version === undefined || timestamp === undefined || sign === undefined) return null
  // Toloka's own helper drops leading zeros, so its deliveries may lack them as well.
  const digest = sign.padStart(64, '0').toLowerCase()
  return { version, timestamp, createdAt: Number(timestamp), digest }
}

/** Empty if a part of the header is no pair, or if a key comes twice. */
function toDocumentedLayout(header: string): string {
  const pairs = header
    .trim()
    .replace(/^\{/, '')
    .replace(/\}$/, '')
    .split(',')
    .map((pair) => /^([^=]*)=(.*)$/s.exec(pair))
  const fields = new Map(pairs.map((pair) => [pair?.[1]?.trim(), pair?.[2]?.trim()]))
  if (pairs.includes(null) || fields.size < pairs.length) return ''
  const [v = '', ts = '', sign = ''] = ['v', 'ts', 'sign'].map((key) => fields.get(key))
  return `{v=${v}, ts=${ts}, sign=${sign}}`
}

/** The header for a body as it is sent now, in the documented layout. */
export function writeSignature(secret: string, body: Uint8Array, createdAt: Instant): string {
  const [version, timestamp] = ['1', String(createdAt)]
  const sign = digestOf(secret, { version, timestamp }, body)
  return `{v=${version}, ts=${timestamp}, sign=${sign}}`
}

/**
 * Whether one of the secrets signed the body: as it came, or as compact JSON. Toloka documents the
 * first, but signed its own example in the second form and showed it indented.
 */
export function isSignedBy(
  secrets: readonly string[],
  signature: DeliverySignature,
  body: Uint8Array,
): boolean {
  if (secrets.some((secret) => isSigned(secret, signature, body))) return true
  const compact = secrets.length === 0 ? null : toCompactJson(body)
  return compact !== null && secrets.some((secret) => isSigned(secret, signature, compact))
}

function isSigned(secret: string, signature: DeliverySignature, body: Uint8Array): boolean {
  const digest = digestOf(secret, signature, body)
  return timingSafeEqual(Buffer.from(digest, 'latin1'), Buffer.from(signature.digest, 'latin1'))
}

function digestOf(
  secret: string,
  { timestamp, version }: Pick<DeliverySignature, 'timestamp' | 'version'>,
  body: Uint8Array,
): string {
  // As a text, which takes a fifth less than a Buffer.
  return createHmac('sha256', secret).update(`${timestamp}.${version}.`).update(body).digest('hex')
}

function toCompactJson(body: Uint8Array): Uint8Array | null {
  try {
    return Buffer.from(JSON.stringify(JSON.parse(Buffer.from(body).toString())))
  } catch {
    // Not JSON, or nested too deeply to be written again.
    return null
  }
}
