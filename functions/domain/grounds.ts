import type { Look } from './decision.ts'
import { hourMs, toIso } from './instant.ts'
import { graceMs, type Policy } from './policy.ts'

/**
 * Why a look allows the archive request, in words: what was read and what the policy asked for. The
 * policy may change and the next look reads other facts, so this is written down with the request.
 */
export function describeGrounds({ pool, assignments }: Look, policy: Policy): string {
  const { lastCloseReason, lastStoppedAt } = pool
  const asked = graceMs(policy, lastCloseReason)
  const grace = asked === null ? 'no grace in the policy' : `grace ${asked / hourMs} h`
  const closed = lastStoppedAt === null ? 'at an unknown time' : toIso(lastStoppedAt)
  const since = assignments.rejections ? ` since ${toIso(assignments.rejections.since)}` : ''
  return (
    `Closed for ${lastCloseReason ?? 'no known reason'} ${closed}, ${grace}; ` +
    `nothing in work or in review; nothing rejected${since}.`
  )
}
