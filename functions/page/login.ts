import { createHash, timingSafeEqual } from 'node:crypto'
import type { Context, MiddlewareHandler } from 'hono'
import { basicAuth } from 'hono/basic-auth'
import { auth } from 'hono/utils/basic-auth'
import { escapeInvisible } from '../domain/visible-text.ts'
import { cutTo } from '../domain/shorten.ts'
import type { PageAccess } from './page-access.ts'

const page = 'status page'
const longestNameBytes = 60

/** Demands the password; any user name will do, and goes into the records of what is done. */
export function demandPassword(password: string): MiddlewareHandler {
  const expected = digest(password)
  return basicAuth({
    realm: 'Toloka pool archiver',
    verifyUser: (_name, given) => timingSafeEqual(digest(given), expected),
    invalidUserMessage: {
      problem: 'The password is wrong or missing. It is the one in PAGE_PASSWORD.',
    },
  })
}

/** Who does something on the page, for the records; a name that no password vouches for is none. */
export function authorOf({ password, operator = '' }: PageAccess): (context: Context) => string {
  return ({ req }) => {
    const name = password === null ? operator : (auth(req.raw)?.username.trim() ?? '')
    return name === '' ? page : `${page} (${cutTo(longestNameBytes, escapeInvisible(name))})`
  }
}

/** Of one length whatever the text, so that comparing takes one time. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
