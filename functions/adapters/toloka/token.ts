/** How Toloka tells who asks: the header is `Authorization: <scheme> <value>`. */
export interface Token {
  readonly scheme: 'ApiKey' | 'OAuth'
  readonly value: string
}

const written = /^(?:(ApiKey|OAuth) +)?([\x21-\x7e]+)$/

/**
 * Reads a token. Toloka's own clients tell the two schemes apart by the shape: exactly two dots,
 * the first at index 22–24, is an API key. A scheme written in front wins.
 *
 * @throws Error, without the token in it, if it cannot be one.
 */
export function parseToken(text: string): Token {
  const [, scheme, value] = written.exec(text.trim()) ?? []
  if (value === undefined) {
    throw new Error('The Toloka token is empty or has characters that no token has.')
  }
  if (scheme === 'ApiKey' || scheme === 'OAuth') return { scheme, value }
  return { scheme: isApiKey(value) ? 'ApiKey' : 'OAuth', value }
}

function isApiKey(token: string): boolean {
  const firstDot = token.indexOf('.')
  return token.split('.').length === 3 && firstDot >= 22 && firstDot <= 24
}
