import { createHmac } from 'node:crypto'
import type { Personality } from '../fake-toloka/personality.ts'
import type { ReceivedWebhook } from './webhook-receiver.ts'

/** What a signed webhook tells about how Toloka signs. Null: not to be told from this one. */
export interface SignatureFacts {
  readonly form: Personality['signatureForm'] | null
  readonly body: Personality['webhookBody'] | null
  readonly leadingZeros: Personality['signLeadingZeros'] | null
}

const digestLength = 64

/** Compares a webhook with what the documents say of its signature. */
export function readSignature(
  { signature, body }: ReceivedWebhook,
  secret: string,
): SignatureFacts {
  const header = signature ?? ''
  const fields = new Map([...header.matchAll(/(\w+)\s*=\s*(\w+)/g)].map(([, k, v]) => [k, v]))
  const [ts = '', version = '', sign = ''] = ['ts', 'v', 'sign'].map((name) => fields.get(name))
  const digestOf = (text: string): string =>
    createHmac('sha256', secret).update(`${ts}.${version}.${text}`, 'utf8').digest('hex')
  const fits = (text: string): boolean => digestOf(text) === sign.padStart(digestLength, '0')
  const compact = compacted(body)
  const signedText = [body, compact].find((text) => text !== null && fits(text)) ?? null
  return {
    form: formOf(header, [...fields.keys()].join()),
    body: signedText === null ? null : bodyForm(body, compact, signedText),
    leadingZeros: signedText === null ? null : zerosOf(digestOf(signedText), sign),
  }
}

function compacted(body: string): string | null {
  try {
    return JSON.stringify(JSON.parse(body))
  } catch {
    return null
  }
}

function formOf(header: string, order: string): SignatureFacts['form'] {
  const hasBraces = header.startsWith('{') && header.endsWith('}')
  if (order === 'v,ts,sign') return hasBraces ? 'braces' : 'no-braces'
  return order.split(',').toSorted().join() === 'sign,ts,v' ? 'other-order' : null
}

function bodyForm(body: string, compact: string | null, signed: string): SignatureFacts['body'] {
  if (body === compact) return 'compact'
  return signed === body ? 'indented-signed-as-sent' : 'indented-signed-compact'
}

function zerosOf(digest: string, sign: string): SignatureFacts['leadingZeros'] {
  if (!digest.startsWith('0')) return null
  return sign.length === digestLength ? 'kept' : 'lost'
}
