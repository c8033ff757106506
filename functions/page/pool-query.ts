import type { Context } from 'hono'
import type { RecordQuery } from '../application/record-query.ts'
import type { Instant } from '../domain/instant.ts'
import { isReasonCode } from '../domain/reasons.ts'
import { states } from '../domain/states.ts'
import { durationExamples, parseDuration } from '../runtime/duration.ts'

const defaultPageSize = 100
const maxPageSize = 1_000

/** A query for pools as it stands in an address. */
export interface PoolQuery extends RecordQuery {
  /** The duration from which `dueUntil` was made. */
  readonly due: string | null
}

/**
 * Which pools `?state=&reason=&project=&due=&limit=&after=` asks for, or what is wrong with it.
 * What is empty is as good as not there.
 *
 * @param now what `due` is counted from
 */
export function parsePoolQuery(context: Context, now: Instant): PoolQuery | string {
  const { state, reason, project, due, limit, after } = context.req.query()
  const wantedState = states.find((known) => known === state) ?? null
  if (state && wantedState === null) return `state is one of ${states.join(', ')}.`
  const wantedReason = reason && isReasonCode(reason) ? reason : null
  if (reason && wantedReason === null) {
    return 'reason is the code of a reason, such as appeal-window or keep-marker.'
  }
  if (project && !/^\d{1,32}$/.test(project)) return 'project is the id of one, such as 1234.'
  const dueMs = due ? parseDuration(due) : null
  if (due && dueMs === null) return `due is a duration from now, ${durationExamples}.`
  const size = limit ? Number(limit) : defaultPageSize
  if (!Number.isInteger(size) || size < 1 || size > maxPageSize) {
    return `limit is a whole number from 1 to ${maxPageSize}.`
  }
  return {
    state: wantedState,
    reason: wantedReason,
    projectId: project || null,
    due: due || null,
    dueUntil: dueMs === null ? null : now + dueMs,
    limit: size,
    after: after || null,
  }
}

/** The address of the overview for a query, such as the one for the page after `after`. */
export function overviewAddress(query: Partial<PoolQuery>): string {
  const { state, reason, projectId, due, limit, after } = query
  const words = new URLSearchParams({
    ...(state ? { state } : {}),
    ...(reason ? { reason } : {}),
    ...(projectId ? { project: projectId } : {}),
    ...(due ? { due } : {}),
    ...(limit === undefined || limit === defaultPageSize ? {} : { limit: String(limit) }),
    ...(after ? { after } : {}),
  }).toString()
  return words === '' ? '/' : `/?${words}`
}
