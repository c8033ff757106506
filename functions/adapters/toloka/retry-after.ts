import * as z from 'zod/mini'
import { dayMs, hourMs, minuteMs, secondMs } from '../../domain/instant.ts'
import { parseHttpDate } from './toloka-date.ts'

const quota = z.object({ interval: z.enum(['MIN', 'HOUR', 'DAY']) })
const intervalMs = { MIN: minuteMs, HOUR: hourMs, DAY: dayMs }

/**
 * How long Toloka asks us to wait: the header `Retry-After` (seconds, or a date by Toloka's own
 * clock), else the interval of the quota. At most a day, the longest interval of a quota; null if
 * it does not say.
 */
export function retryAfterMs(headers: Headers, payload: unknown): number | null {
  const waitMs = fromHeaders(headers)
  if (waitMs !== null) return Math.min(Math.max(waitMs, 0), dayMs)
  const { data } = quota.safeParse(payload)
  return data === undefined ? null : intervalMs[data.interval]
}

function fromHeaders(headers: Headers): number | null {
  const retryAfter = headers.get('retry-after')
  if (retryAfter === null) return null
  if (/^\d+$/.test(retryAfter)) return Number(retryAfter) * secondMs
  const until = parseHttpDate(retryAfter)
  const now = parseHttpDate(headers.get('date'))
  return until === null || now === null ? null : until - now
}
