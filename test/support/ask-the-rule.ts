import { eligibility } from '../../functions/domain/eligibility.ts'
import { appealWindowStart } from '../../functions/domain/waits.ts'
import type { Assignment, Assignments } from '../../functions/domain/pool.ts'
import type { Verdict } from '../../functions/domain/verdict.ts'
import type { Truth } from './arbitrary-facts.ts'

/** The rule's verdict when Toloka answers each question truthfully, with whatever item fits. */
export function askTheRule({ pool, history, policy, now, pick }: Truth): Verdict {
  const since = appealWindowStart(policy, now)
  const pendingWork = choose(history.filter(isPending), pick)
  const found = choose(
    history.filter(({ rejectedAt }) => rejectedAt !== null && rejectedAt >= since),
    pick,
  )
  const reads: Assignments[] = [{}, { pendingWork }, { pendingWork, rejections: { since, found } }]
  for (const assignments of reads) {
    const said = eligibility(pool, assignments, policy, now)
    if (said.action !== 'read') return said
  }
  throw new Error('The rule asks for more than there is to read.')
}

export function isPending({ status }: Assignment): boolean {
  return status === 'ACTIVE' || status === 'SUBMITTED'
}

function choose(fitting: readonly Assignment[], pick: number): Assignment | null {
  return fitting[pick % fitting.length] ?? null
}
