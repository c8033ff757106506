import type { TolokaModel } from '../fake-toloka/model.ts'

const dayMs = 24 * 3_600_000
const minuteMs = 60_000
const appealWindowMs = 9 * dayMs

/** A pool whose only rejection counts until the given instant. Returns its id. */
export function addRejectedPool(model: TolokaModel, name: string, windowEndsAt: number): string {
  const rejectedAt = windowEndsAt - appealWindowMs
  const poolId = model.createPool(
    { private_name: name },
    {
      createdAt: rejectedAt - 3 * dayMs,
      lastStartedAt: rejectedAt - 2 * dayMs,
      lastStoppedAt: rejectedAt - dayMs,
      lastCloseReason: 'COMPLETED',
    },
  )
  model.addAssignment(poolId, {
    status: 'REJECTED',
    createdAt: rejectedAt - dayMs - minuteMs,
    at: rejectedAt,
  })
  return poolId
}

/** The first whole minute that is far enough away: due times are rounded up to one. */
export function nextDueMinute(now: number, atLeastMs: number): number {
  return Math.ceil((now + atLeastMs) / minuteMs) * minuteMs
}
