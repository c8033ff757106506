import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Clock } from '../application/ports.ts'
import { hourMs } from '../domain/instant.ts'

/** How long a form may lie open before it is sent. */
const lifetimeMs = 12 * hourMs

/** Proves that a form comes from a page of ours: another site cannot read one. */
export interface FormTokens {
  /** @param action where the form is sent; a token is good for nothing else */
  readonly issue: (action: string) => string
  readonly isGood: (token: string, action: string) => boolean
}

/** Signs with a key of this process: a form from before a start has to be opened again. */
export function createFormTokens(clock: Clock, key = randomBytes(32)): FormTokens {
  const sign = (issuedAt: string, action: string): string => {
    const signature = createHmac('sha256', key).update(`${issuedAt} ${action}`).digest('base64url')
    return `${issuedAt}.${signature}`
  }
  return {
    issue: (action) => sign(String(clock.now()), action),
    isGood: (token, action) => {
      const [issuedAt = ''] = token.split('.')
      const ageMs = clock.now() - Number(issuedAt)
      return ageMs >= 0 && ageMs <= lifetimeMs && isSame(token, sign(issuedAt, action))
    },
  }
}

/** In a time that tells nothing of where they differ. */
function isSame(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)]
  return one.length === other.length && timingSafeEqual(one, other)
}
