import { isIP } from 'node:net'
import type { Context, MiddlewareHandler } from 'hono'
import { answerProblem } from './answer-problem.ts'
import type { PageAccess } from './page-access.ts'

const loopback = ['127.0.0.1', 'localhost', '::1']
/** They stand for every address of the machine. */
const wildcards = new Set(['0.0.0.0', '::'])

/**
 * Refuses requests that ask for another name than ours: a site that points its own name here (DNS
 * rebinding) would otherwise be of the same origin as the page, and could read and change all.
 */
export function onlyKnownHosts({ host, names }: PageAccess): MiddlewareHandler {
  const known = new Set([...loopback, host, ...names].map((name) => name.toLowerCase()))
  const isAnyAddress = wildcards.has(host)
  return async (context, next) => {
    const asked = hostOf(context)
    const name = asked === null ? '' : withoutBrackets(asked.hostname)
    // A number is no name that somebody could point here.
    if (known.has(name) || (isAnyAddress && isIP(name) !== 0)) return next()
    const text =
      'This page is not asked for by that name. Use its own address, or add the name to PAGE_NAMES.'
    return answerProblem(context, 421, text)
  }
}

/** The host that was asked for; null if that makes no sense. */
export function hostOf({ req }: Context): URL | null {
  const host = req.header('host')
  return URL.parse(host === undefined ? req.url : `http://${host}`)
}

function withoutBrackets(name: string): string {
  return name.replace(/^\[(.*)\]$/, '$1')
}
