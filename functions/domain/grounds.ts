import type { Look } from './decision.ts'
import { hourMs, toIso } from './instant.ts'
import { graceMs } from './policy.ts'
import { closedAt } from './waits.ts'

/**
 * Why a look allows the archive request, in words: what was read and what the policy asked for. The
 * policy may change and the next look reads other facts, so this is written down with the request.
 */
export function describeGrounds({ pool, assignments, policy }: Look): string {
  const { lastCloseReason } = pool
  const at = closedAt(pool)
  const asked = graceMs(policy, lastCloseReason)
  const grace = asked === null ? 'no grace in the policy' : `grace ${asked / hourMs} h`
  const closed = at === null ? 'at an unknown time' : toIso(at)
  const since = assignments.rejections ? ` since ${toIso(assignments.rejections.since)}` : ''
  return (
    `Closed for ${lastCloseReason ?? 'no known reason'} ${closed}, ${grace}; ` +
    `nothing in work or in review; nothing rejected${since}.`
  )
}
