import { findAssignment } from './assignments.ts'
import { judgeArchiveRequest } from './judge.ts'
import { scatteredUuid } from './operations.ts'
import { intervalSeconds, tooMany } from './quota.ts'
import { invalid, Refusal } from './refusal.ts'
import { routes } from './routes.ts'
import type { PendingTest, Reply, Route } from './routes.ts'
import type { ArchiveRequest, World } from './world.ts'

/** A request as the model understands it, wherever it came from. */
export interface TolokaRequest {
  readonly method: string
  /** With the leading `/api/v1`, without the query. */
  readonly path: string
  readonly query: URLSearchParams
  /** Names in any case. */
  readonly headers: Readonly<Record<string, string | undefined>>
  /** The parsed JSON of the body; text that is not JSON as it is; undefined without a body. */
  readonly body?: unknown
  /**
   * The one pool that the client asks a list of operations about, if that is known here: what it
   * sees of others by the way is then no knowledge of theirs. Toloka never gets to know it.
   */
  readonly aboutPool?: string
}

export interface TolokaAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /** JSON text, or undefined for an empty body. */
  readonly body: string | undefined
  /** Set only for a test notification: to be delivered first, see `finishTest` of the model. */
  readonly test?: PendingTest
}

interface Matched {
  readonly route: Route
  readonly id: string
}

const prefix = '/api/v1'

/** By the path of the route, and by the method. */
const routesByPath = Map.groupBy(routes, ({ path }) => path)

function matchRoute(method: string, path: string): Matched | Refusal {
  const [, collection = '', id, ...rest] = path.slice(prefix.length).split('/')
  const template = ['', collection, ...(id === undefined ? [] : ['{id}']), ...rest].join('/')
  const fitting = path.startsWith(`${prefix}/`) ? routesByPath.get(template) : undefined
  if (fitting === undefined || id === '') return new Refusal(404, 'NOT_FOUND', 'No such resource')
  const route = fitting.find((one) => one.method === method)
  if (route !== undefined) return { route, id: id ?? '' }
  return new Refusal(405, 'METHOD_NOT_ALLOWED', `${method} is not allowed here`)
}

/**
 * Counts and judges a request without answering it: what a request that is met by a fault amounts
 * to. Returns what became of an archive request so far.
 */
export function witness(world: World, request: TolokaRequest): ArchiveRequest | null {
  const matched = matchRoute(request.method, request.path)
  if (matched instanceof Refusal) {
    world.requests.count(world.at, 'unknown', null)
    return null
  }
  const { route, id } = matched
  const poolId = poolIdOf(world, route.path, id, request.query)
  world.requests.count(world.at, `${route.method} ${route.path}`, poolId)
  const pool = world.pools.get(id)
  if (route.path !== '/pools/{id}/archive' || pool === undefined) return null
  judgeArchiveRequest(world, pool)
  return pool.archiveRequests.at(-1) ?? null
}

function poolIdOf(world: World, path: string, id: string, query: URLSearchParams): string | null {
  if (path.startsWith('/pools/')) return id
  if (path === '/assignments/{id}') return findAssignment(world, id)?.poolId ?? null
  return path === '/assignments' ? query.get('pool_id') : null
}

/** Answers a request completely. */
export function handle(world: World, request: TolokaRequest): TolokaAnswer {
  const noted = witness(world, request)
  let answer: TolokaAnswer
  let code: string | null = null
  try {
    answer = success(world, reply(world, request))
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    answer = refuse(world, error)
    code = error.code
  }
  if (noted !== null) {
    noted.status = answer.status
    noted.code = code
  }
  world.requests.bytesSent += Buffer.byteLength(answer.body ?? '')
  return answer
}

function reply(world: World, request: TolokaRequest): Reply {
  checkQuota(world, request)
  checkAccess(world, request)
  const matched = matchRoute(request.method, request.path)
  if (matched instanceof Refusal) throw matched
  const { route, id } = matched
  const { query, body, aboutPool } = request
  const [extra] = route.takesQuery ? [] : query.keys()
  if (extra !== undefined) throw invalid(extra, 'VALUE_NOT_ALLOWED', 'Unknown parameter')
  if (route.takesBody) checkBody(request)
  return route.answer(world, { id, query, body, aboutPool })
}

function checkQuota(world: World, request: TolokaRequest): void {
  if (world.requests.inLastSecond > world.requestsPerSecond) throw tooMany(world, undefined, 2)
  for (const entry of world.quotaScripts) {
    const { method, path, interval, untilAt } = entry.script
    const fits = (method ?? request.method) === request.method
    if (!fits || path?.test(request.path) === false) continue
    const isOver = untilAt === undefined ? entry.left <= 0 : world.at >= untilAt
    if (isOver) continue
    entry.left -= 1
    const restSeconds = untilAt === undefined ? undefined : Math.ceil((untilAt - world.at) / 1000)
    throw tooMany(world, interval, restSeconds ?? (interval ? intervalSeconds[interval] : 2))
  }
}

/** An API key has exactly two dots, the first at index 22 to 24; anything else is an old token. */
export function authorizationFor(token: string): string {
  const firstDot = token.indexOf('.')
  const isApiKey = token.split('.').length === 3 && firstDot >= 22 && firstDot <= 24
  return `${isApiKey ? 'ApiKey' : 'OAuth'} ${token}`
}

function checkAccess(world: World, request: TolokaRequest): void {
  if (headerOf(request, 'authorization') !== authorizationFor(world.token)) {
    const status = world.personality.badToken
    const code = status === 401 ? 'AUTHENTICATION_ERROR' : 'ACCESS_DENIED'
    throw new Refusal(status, code, 'Not authorized')
  }
  if (world.isBlocked) throw new Refusal(403, 'ACCESS_DENIED', 'The account is blocked')
}

function checkBody(request: TolokaRequest): void {
  if (!/^application\/json\b/i.test(headerOf(request, 'content-type') ?? '')) {
    throw new Refusal(415, 'UNSUPPORTED_MEDIA_TYPE', 'application/json expected')
  }
  if (request.body === undefined || typeof request.body === 'string') {
    throw new Refusal(400, 'VALIDATION_ERROR', 'The body is not JSON')
  }
}

function headerOf(request: TolokaRequest, name: string): string | undefined {
  return Object.entries(request.headers).find(([key]) => key.toLowerCase() === name)?.[1]
}

function success(world: World, { status, body, test }: Reply): TolokaAnswer {
  const text = body === undefined ? undefined : JSON.stringify(body)
  return { status, headers: headersFor(world, text), body: text, ...(test && { test }) }
}

/** Toloka's error envelope, or nothing at all if that is how this personality refuses. */
export function refuse(world: World, refusal: Refusal): TolokaAnswer {
  const envelope = JSON.stringify({
    request_id: scatteredUuid(world, 'request'),
    code: refusal.code,
    message: refusal.message,
    payload: refusal.payload,
  })
  const body = world.personality.refusalBody === 'empty' ? undefined : envelope
  const headers = { ...headersFor(world, body), ...refusal.headers }
  return { status: refusal.status, headers, body }
}

function headersFor(world: World, body: string | undefined): Readonly<Record<string, string>> {
  const { dateHeader, dateHeaderSkewMs } = world.personality
  return {
    ...(dateHeader === 'present'
      ? { Date: new Date(world.at + dateHeaderSkewMs).toUTCString() }
      : {}),
    ...(body === undefined ? {} : { 'Content-Type': 'application/json;charset=utf-8' }),
  }
}
