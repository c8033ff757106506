import { isPoolId } from '../../domain/pool.ts'

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
 *
 * Two fields are read, and by hand: schemas took a fifth of all that a webhook costs.
 */
export function readEvents(json: unknown): EventReading {
  const events = isObject(json) && Array.isArray(json['events']) ? json['events'] : [json]
  const poolIds = new Set<string>()
  let ignored = 0
  let problem: string | null = null
  events.forEach((event: unknown, index) => {
    const reading = readEvent(event)
    if (reading.poolId !== null) poolIds.add(reading.poolId)
    else ignored += 1
    if (reading.problem !== null) problem ??= `Event ${index} ${reading.problem}`
  })
  if (poolIds.size === 0 && problem !== null) return { kind: 'malformed', problem }
  return { kind: 'events', poolIds: [...poolIds], ignored }
}

interface OneReading {
  readonly poolId: string | null
  readonly problem: string | null
}

const notOurs: OneReading = { poolId: null, problem: null }

function readEvent(event: unknown): OneReading {
  if (!isObject(event) || typeof event['type'] !== 'string') {
    return { poolId: null, problem: 'has no type.' }
  }
  if (event['type'] !== 'POOL_CLOSED') return notOurs
  const id = event['pool_id']
  // Ids travel as strings; a number is taken as well.
  const poolId = Number.isSafeInteger(id) ? String(id) : id
  if (typeof poolId === 'string' && isPoolId(poolId)) return { poolId, problem: null }
  return { poolId: null, problem: 'is POOL_CLOSED without the digits of a pool_id.' }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
