import type { Context } from 'hono'
import { states, type State } from '../domain/states.ts'

const defaultPageSize = 100
const maxPageSize = 1_000

export interface PoolQuery {
  readonly state: State | null
  readonly limit: number
  readonly after: string | null
}

/** Which pools `?state=&limit=&after=` asks for, or what is wrong with it. */
export function parsePoolQuery(context: Context): PoolQuery | string {
  const { state, limit, after } = context.req.query()
  const wanted = states.find((known) => known === state) ?? null
  if (state && wanted === null) return `state is one of ${states.join(', ')}.`
  const size = limit ? Number(limit) : defaultPageSize
  if (!Number.isInteger(size) || size < 1 || size > maxPageSize) {
    return `limit is a whole number from 1 to ${maxPageSize}.`
  }
  return { state: wanted, limit: size, after: after || null }
}

/** The same query for the page after the pool `next`. */
export function writePoolQuery({ state, limit }: PoolQuery, next: string): string {
  return new URLSearchParams({
    ...(state === null ? {} : { state }),
    ...(limit === defaultPageSize ? {} : { limit: String(limit) }),
    after: next,
  }).toString()
}
