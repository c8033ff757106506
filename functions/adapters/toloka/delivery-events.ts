import * as z from 'zod/mini'
import { poolIdField } from './fields.ts'

const wrapped = z.object({ events: z.array(z.unknown()) })
const anyEvent = z.object({ type: z.string() })
const closedPool = z.object({ pool_id: poolIdField })

export type EventReading =
  | {
      readonly kind: 'events'
      readonly poolIds: readonly string[]
      readonly ignored: number
    }
  | { readonly kind: 'malformed'; readonly problem: string }

/**
 * The pools that closed, out of a delivery's JSON: `{"events": [...]}`, or one event by itself, as
 * the documentation shows both.
 *
 * An event that cannot be understood makes the delivery malformed only if no pool would be lost by
 * that; beside an event that names its pool it is ignored. The sweep finds what it was about.
 */
export function readEvents(json: unknown): EventReading {
  const events = wrapped.safeParse(json).data?.events ?? [json]
  const readings = events.map((event, index) => readEvent(event, index))
  const poolIds = new Set(readings.flatMap(({ poolId }) => poolId ?? []))
  const problem = readings.find((reading) => reading.problem !== null)?.problem
  if (poolIds.size === 0 && problem) return { kind: 'malformed', problem }
  const ignored = readings.filter(({ poolId }) => poolId === null).length
  return { kind: 'events', poolIds: [...poolIds], ignored }
}

interface OneReading {
  readonly poolId: string | null
  readonly problem: string | null
}

function readEvent(event: unknown, index: number): OneReading {
  const { data } = anyEvent.safeParse(event)
  if (data === undefined) return { poolId: null, problem: `Event ${index} has no type.` }
  if (data.type !== 'POOL_CLOSED') return { poolId: null, problem: null }
  const poolId = closedPool.safeParse(event).data?.pool_id
  if (poolId !== undefined) return { poolId, problem: null }
  return { poolId: null, problem: `Event ${index} is POOL_CLOSED without the digits of a pool_id.` }
}
