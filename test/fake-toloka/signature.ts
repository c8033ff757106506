import { createHmac } from 'node:crypto'

/** The hex digest of Toloka's recipe: HMAC-SHA256 of `ts.v.body` with the subscription's secret. */
function digest(secret: string, version: number, body: string, at: number): string {
  return createHmac('sha256', secret).update(`${at}.${version}.${body}`, 'utf8').digest('hex')
}

export interface SignatureStyle {
  readonly form?: 'braces' | 'no-braces' | 'other-order'
  readonly leadingZeros?: 'kept' | 'lost'
}

/**
 * The value of the `Toloka-Signature` header for a delivery.
 * @param body the exact text that is signed
 * @param at when it is signed, ms since the epoch
 */
export function signDelivery(
  secret: string,
  body: string,
  at: number,
  style: SignatureStyle = {},
): string {
  const version = 1
  const full = digest(secret, version, body, at)
  const sign = style.leadingZeros === 'lost' ? full.replace(/^0+/, '') : full
  switch (style.form ?? 'braces') {
    case 'braces':
      return `{v=${version}, ts=${at}, sign=${sign}}`
    case 'no-braces':
      return `v=${version}, ts=${at}, sign=${sign}`
    case 'other-order':
    default:
      return `{sign=${sign}, ts=${at}, v=${version}}`
  }
}
