import { unfoldError } from '../support/unfold-error.ts'

/** Secrets that look like none of anything else, and different in each way of writing them down. */
export const canaries = {
  token: 'CanaryTokenOfTheFuzz-23.aG/9+x.q~7"Zp',
  secret: 'canary-secret/of+the~fuzz"in-use-5h2k9',
  previous: 'canary-secret/of+the~fuzz"before-8w3j1',
} as const

/** The core of a text in base64, wherever in longer bytes the text stands. */
function inBase64(secret: string): readonly string[] {
  return [0, 1, 2].map((offset) => {
    const encoded = Buffer.from(`${'-'.repeat(offset)}${secret}`).toString('base64')
    // What stands at the ends depends on what is written before and after.
    return encoded.slice(offset === 0 ? 0 : 4, -4)
  })
}

function waysToWrite(secret: string): readonly string[] {
  const bytes = Buffer.from(secret)
  const hex = bytes.toString('hex')
  return [
    secret,
    JSON.stringify(secret).slice(1, -1),
    // As a page of HTML says it.
    secret.replaceAll('"', '&quot;'),
    encodeURI(secret),
    encodeURIComponent(secret),
    new URLSearchParams([['', secret]]).toString().slice(1),
    hex,
    hex.toUpperCase(),
    ...inBase64(secret).flatMap((text) => [text, text.replaceAll('+', '-').replaceAll('/', '_')]),
  ]
}

const forbidden = [...new Set(Object.values(canaries).flatMap(waysToWrite))]

/** Throws if a secret stands anywhere in the texts, bytes, errors or other values. */
export function expectNoCanary(...said: readonly unknown[]): void {
  for (const one of said) {
    const text = toText(one)
    const found = forbidden.find((secret) => text.includes(secret))
    if (found === undefined) continue
    throw new Error(`A secret came out, as ${found}: ${around(text, found)}`)
  }
}

function toText(said: unknown): string {
  if (typeof said === 'string') return said
  // Each byte is a character then: nothing is lost, and all secrets are ASCII.
  if (said instanceof Uint8Array) return Buffer.from(said).toString('latin1')
  return JSON.stringify(said instanceof Error ? unfoldError(said) : said) ?? ''
}

function around(text: string, found: string): string {
  const at = text.indexOf(found)
  return text.slice(Math.max(0, at - 100), at + found.length + 100)
}
